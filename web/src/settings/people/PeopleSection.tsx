import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useMay } from '../../session/viewer.ts';
import { Failed, NothingYet, SkeletonRows } from '../../ui/states.tsx';
import { useSettled } from '../../rules/useSettled.ts';
import { Invitations } from './Invitations.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import './people.css';
import { PersonDialogs } from './PersonDialogs.tsx';
import { type PersonDialog, PersonRowItem } from './PersonRowItem.tsx';
import { invitationsQuery, peopleQuery, type PersonRow } from './peopleQueries.ts';

const searchWaitMs = 250;

interface Filter {
  readonly search: string;
  readonly isActive: boolean;
}

function usePeople({ search, isActive }: Filter) {
  const may = useMay();
  const people = useLiveQuery({
    query: peopleQuery,
    variables: {
      search: useSettled(search.trim(), searchWaitMs).value || null,
      isActive,
      withEmail: may('Person.email'),
      withDetails: may('Person.lastSeenAt'),
    },
  });
  const invitations = useLiveQuery({
    query: invitationsQuery,
    variables: {},
    pause: !may('Query.invitations'),
  });
  const refetch = () => {
    people.refetch();
    if (may('Query.invitations')) invitations.refetch();
  };
  return { people, invitations: invitations.data?.invitations ?? [], refetch };
}

interface BarProps {
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly onInvite: () => void;
}

function Bar({ filter, onFilter, onInvite }: BarProps) {
  const may = useMay();
  return (
    <div className="settings-bar">
      <TextInput
        type="search"
        aria-label="Search people"
        placeholder="Name, handle or e-mail"
        className="settings-bar-search"
        value={filter.search}
        onChange={(event) => onFilter({ ...filter, search: event.currentTarget.value })}
      />
      <SegmentedControl
        size="xs"
        aria-label="Which people"
        value={filter.isActive ? 'active' : 'deactivated'}
        onChange={(value) => onFilter({ ...filter, isActive: value === 'active' })}
        data={[
          { value: 'active', label: 'Active' },
          { value: 'deactivated', label: 'Deactivated' },
        ]}
      />
      {may('Mutation.invitePerson') && (
        <Button className="settings-bar-end" onClick={onInvite}>
          Invite
        </Button>
      )}
    </div>
  );
}

interface PeopleListProps {
  readonly people: readonly PersonRow[];
  readonly onOpen: (dialog: PersonDialog, person: PersonRow) => void;
  readonly onChanged: () => void;
}

function PeopleList({ people, onOpen, onChanged }: PeopleListProps) {
  if (people.length === 0) return <NothingYet title="Nobody by that name" />;
  return (
    <ul className="settings-rows panel" aria-label="People">
      {people.map((person) => (
        <PersonRowItem key={person.id} person={person} onOpen={onOpen} onChanged={onChanged} />
      ))}
    </ul>
  );
}

/** Who may sign in, what they may, and who has been invited. */
export function PeopleSection() {
  const [filter, setFilter] = useState<Filter>({ search: '', isActive: true });
  const [isInviting, setInviting] = useState(false);
  const [open, setOpen] = useState<{ dialog: PersonDialog; person: PersonRow } | null>(null);
  const { people, invitations, refetch } = usePeople(filter);
  return (
    <>
      <Bar filter={filter} onFilter={setFilter} onInvite={() => setInviting(true)} />
      {people.data && (
        <PeopleList
          people={people.data.people}
          onOpen={(dialog, person) => setOpen({ dialog, person })}
          onChanged={refetch}
        />
      )}
      {!people.data && people.error && <Failed error={people.error} onRetry={refetch} />}
      {people.isFirstLoad && <SkeletonRows />}
      <Invitations invitations={invitations} onChanged={refetch} />
      <InviteDialog isOpen={isInviting} onClose={() => setInviting(false)} onInvited={refetch} />
      <PersonDialogs open={open} onClose={() => setOpen(null)} onChanged={refetch} />
    </>
  );
}
