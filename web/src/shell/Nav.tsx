import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { type NavTarget, useNavEntries } from '../router/useNavEntries.ts';
import { Bell } from '../ui/Bell.tsx';
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
