import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { type NavTarget, useNavEntries } from '../router/useNavEntries.ts';
import './nav.css';

/** As many as fit side by side at 360 px, with their words. */
const besideMore = 4;

function NavLinks({ entries }: { readonly entries: readonly NavTarget[] }) {
  return entries.map((entry) => (
    <Link
      key={entry.path}
      to={entry.path}
      className="nav-link"
      activeOptions={{ exact: entry.path === '/', includeSearch: false }}
    >
      <entry.icon size={18} stroke={1.6} aria-hidden="true" />
      <span>{entry.label}</span>
    </Link>
  ));
}

/** The bell is drawn here, so that it takes the colour of the text. */
function Bell() {
  return (
    <svg viewBox="0 0 64 64" width="22" height="22" aria-hidden="true">
      <path
        d="M32 8c-2.2 0-3.8 1.6-3.8 3.8V13C20.6 15 16 21 16 28.5v8c0 3-1.2 4.8-3 6.8-1.6 1.7-.6 4.2 1.8 4.2h34.4c2.4 0 3.4-2.5 1.8-4.2-1.8-2-3-3.8-3-6.8v-8c0-7.5-4.6-13.5-12.2-15.5v-1.2C35.8 9.6 34.2 8 32 8z"
        fill="var(--accent)"
      />
      <circle cx="32" cy="54" r="5" fill="var(--sev-medium)" />
    </svg>
  );
}

export function SideNav() {
  return (
    <nav className="side-nav" aria-label="Screens">
      <Link to="/" className="brand">
        <Bell />
        Tocsin
      </Link>
      <NavLinks entries={useNavEntries()} />
    </nav>
  );
}

function More({ entries }: { readonly entries: readonly NavTarget[] }) {
  const isWithin = useLocation({
    select: ({ pathname }) => entries.some(({ path }) => pathname === path || pathname.startsWith(`${path}/`)),
  });
  return (
    <Menu position="top-end" withinPortal width="12rem">
      <Menu.Target>
        <button type="button" className={isWithin ? 'nav-link nav-more active' : 'nav-link nav-more'}>
          <IconDots size={18} stroke={1.6} aria-hidden="true" />
          <span>More</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {entries.map((entry) => (
          <Menu.Item
            key={entry.path}
            component={Link}
            to={entry.path}
            leftSection={<entry.icon size={18} stroke={1.6} aria-hidden="true" />}
          >
            {entry.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export function BottomNav() {
  const entries = useNavEntries();
  return (
    <nav className="bottom-nav" aria-label="Screens">
      <NavLinks entries={entries.slice(0, besideMore)} />
      <More entries={entries.slice(besideMore)} />
    </nav>
  );
}
