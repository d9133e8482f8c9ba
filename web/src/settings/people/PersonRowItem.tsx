import { ActionIcon, Menu, NativeSelect } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useMay, useViewer } from '../../session/viewer.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { roles, roleWords } from '../../ui/people.ts';
import { Ago } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { type PersonRow, reactivatePerson, setPersonRole } from './peopleQueries.ts';

export type PersonDialog = 'deactivate' | 'passwordLink';

interface PersonRowItemProps {
  readonly person: PersonRow;
  readonly onOpen: (dialog: PersonDialog, person: PersonRow) => void;
  readonly onChanged: () => void;
}

function RoleChoice({ person }: { readonly person: PersonRow }) {
  const may = useMay();
  const { act, isActing } = useAct();
  if (!may('Mutation.setPersonRole') || !person.isActive) return <span>{roleWords[person.role]}</span>;
  return (
    <NativeSelect
      size="xs"
      aria-label={`Role of ${person.name}`}
      value={person.role}
      disabled={isActing}
      onChange={({ currentTarget: { value } }) => {
        const role = roles.find((each) => each === value);
        if (!role) return;
        void act(setPersonRole, { id: person.id, role }, `${person.name} is ${roleWords[role].toLowerCase()} now`);
      }}
      data={roles.map((value) => ({ value, label: roleWords[value] }))}
    />
  );
}

function MoreMenu({ person, onOpen, onChanged }: PersonRowItemProps) {
  const may = useMay();
  const { act } = useAct();
  const reactivate = async () => {
    if (await act(reactivatePerson, { id: person.id }, `${person.name} may sign in again`)) onChanged();
  };
  if (!may('Mutation.deactivatePerson')) return <span />;
  return (
    <Menu position="bottom-end" width={220} shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={36} aria-label={`More for ${person.name}`}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {person.isActive ? (
          <>
            <Menu.Item onClick={() => onOpen('passwordLink', person)}>Link for a new password…</Menu.Item>
            <Menu.Item color="red" onClick={() => onOpen('deactivate', person)}>
              Deactivate…
            </Menu.Item>
          </>
        ) : (
          <Menu.Item onClick={() => void reactivate()}>Reactivate</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** One person: who they are, what they may, when they were last here. */
export function PersonRowItem(props: PersonRowItemProps) {
  const { person } = props;
  const isMe = useViewer().person.id === person.id;
  return (
    <li className="settings-row person-row" data-testid="person-row">
      <Avatar name={person.name} />
      <div className="settings-row-main">
        <strong>
          {person.name}
          {isMe && <span className="muted"> (you)</span>}
        </strong>
        <span className="muted">
          @{person.handle}
          {person.email != null && ` · ${person.email}`}
          {person.teams.length > 0 && ` · ${person.teams.map(({ team }) => team.name).join(', ')}`}
        </span>
      </div>
      <div className="person-seen muted">
        {!person.isActive && 'deactivated'}
        {person.isActive && person.lastSeenAt != null && (
          <>
            seen <Ago at={person.lastSeenAt} />
          </>
        )}
        {person.isActive && person.lastSeenAt === null && 'never here'}
      </div>
      <div className="person-role">
        <RoleChoice person={person} />
      </div>
      <MoreMenu {...props} />
    </li>
  );
}
