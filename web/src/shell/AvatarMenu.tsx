import { Menu, UnstyledButton } from '@mantine/core';
import { IconLogout, IconSettings, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { signOut } from '../session/session.ts';
import { useViewerIfKnown } from '../session/viewer.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { roleWords } from '../ui/people.ts';

/** Who is signed in, and the ways to their page and out. */
export function AvatarMenu() {
  const viewer = useViewerIfKnown();
  if (!viewer) return null;
  const { name, handle, role } = viewer.person;
  return (
    <Menu position="bottom-end" width={230} shadow="md">
      <Menu.Target>
        <UnstyledButton className="avatar-button" aria-label={`Signed in as ${name}`}>
          <Avatar name={name} />
          <span className="avatar-name">{name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          @{handle} · {roleWords[role]}
        </Menu.Label>
        <Menu.Item component={Link} to="/me" leftSection={<IconUser size={16} stroke={1.6} aria-hidden="true" />}>
          My page
        </Menu.Item>
        <Menu.Item
          component={Link}
          to="/settings"
          leftSection={<IconSettings size={16} stroke={1.6} aria-hidden="true" />}
        >
          Settings
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          onClick={() => void signOut()}
          leftSection={<IconLogout size={16} stroke={1.6} aria-hidden="true" />}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
