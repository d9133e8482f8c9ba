import { useMediaQuery } from '@mantine/hooks';
import { Link, Navigate } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useMay } from '../session/viewer.ts';
import { NotFound, SkeletonRows } from '../ui/states.tsx';
import { settingsSectionRoute } from './route.ts';
import { type SettingsSection, settingsSections } from './sections.ts';
import './settings.css';

/** Where the menu has no room beside the page, as in settings.css. */
const narrow = '(max-width: 48em)';

function useSections(): readonly SettingsSection[] {
  const may = useMay();
  return settingsSections.filter(({ needs }) => needs === undefined || may(needs));
}

function SettingsMenu({ sections }: { readonly sections: readonly SettingsSection[] }) {
  const groups = [...new Set(sections.map(({ group }) => group))];
  return (
    <nav className="settings-menu" aria-label="Settings">
      {groups.map((group) => (
        <div key={group} className="settings-group">
          <h2 className="settings-group-title">{group}</h2>
          {sections
            .filter((section) => section.group === group)
            .map(({ path, title }) => (
              <Link
                key={path}
                to="/settings/$section"
                params={{ section: path }}
                className="settings-link"
                activeOptions={{ includeSearch: false }}
              >
                {title}
              </Link>
            ))}
        </div>
      ))}
    </nav>
  );
}

/** `/settings`: on a phone the menu is a page of its own; beside it there is always a section. */
export function SettingsScreen() {
  const sections = useSections();
  // Read at once: a first render as a desktop would lead away.
  const isNarrow = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false });
  const first = sections[0];
  if (!isNarrow && first) return <Navigate to="/settings/$section" params={{ section: first.path }} replace />;
  return (
    <div className="settings-page">
      <h1 className="settings-title">Settings</h1>
      <SettingsMenu sections={sections} />
    </div>
  );
}

function SectionBody({ section }: { readonly section: SettingsSection | undefined }) {
  const may = useMay();
  if (section === undefined) {
    return (
      <NotFound title="There is no such page of the settings">
        <Link to="/settings">Go to the settings</Link>
      </NotFound>
    );
  }
  if (section.needs !== undefined && !may(section.needs)) {
    return <NotFound title="Not for your role">Ask a manager or an admin if you need to see this.</NotFound>;
  }
  return (
    <Suspense fallback={<SkeletonRows />}>
      <section.Section />
    </Suspense>
  );
}

/** `/settings/<section>`: the menu, and the section beside it. */
export function SettingsSectionScreen() {
  const { section: path } = settingsSectionRoute.useParams();
  const section = settingsSections.find((each) => each.path === path);
  return (
    <div className="settings">
      <SettingsMenu sections={useSections()} />
      <div className="settings-page">
        <Link to="/settings" className="settings-back">
          ‹ Settings
        </Link>
        <h1 className="settings-title">{section?.title ?? 'Settings'}</h1>
        <SectionBody key={path} section={section} />
      </div>
    </div>
  );
}
