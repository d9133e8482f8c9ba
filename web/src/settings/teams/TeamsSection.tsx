import { Button, Modal } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useMay } from '../../session/viewer.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Failed, NothingYet, SkeletonRows } from '../../ui/states.tsx';
import { counted } from '../../ui/words.ts';
import { TeamForm } from './TeamForm.tsx';
import './teams.css';
import { type TeamDetails, teamsQuery, type UnownedDetails } from './teamsQueries.ts';

/** What nobody owns is said before what somebody does. */
function Unowned({ unowned, onMake }: { readonly unowned: UnownedDetails; readonly onMake: (name: string) => void }) {
  const { services, teams, openIncidents } = unowned;
  if (services.length === 0 && teams.length === 0 && openIncidents === 0) return null;
  return (
    <section className="panel teams-unowned" aria-label="Without an owner">
      <h2>Without an owner</h2>
      {openIncidents > 0 && <p>{counted(openIncidents, 'open incident')}</p>}
      {services.length > 0 && (
        <p>
          {counted(services.length, 'service')}:{' '}
          {services.slice(0, 8).map(({ id, name }) => (
            <Link key={id} to="/services/$name" params={{ name }}>
              {name}
            </Link>
          ))}
          {services.length > 8 && ` and ${services.length - 8} more`}
        </p>
      )}
      {teams.length > 0 && (
        <p>
          {counted(teams.length, 'name')} that no team has:{' '}
          {teams.slice(0, 8).map((name) => (
            <Button key={name} size="compact-xs" variant="default" onClick={() => onMake(name)}>
              Make the team {name}
            </Button>
          ))}
        </p>
      )}
    </section>
  );
}

function OnCallWords({ team }: { readonly team: TeamDetails }) {
  if (team.schedules.length === 0) return <span className="muted">no schedule</span>;
  if (team.onCallNow.length < team.schedules.length) return <span className="teams-gap">a gap now</span>;
  return <span>on call: {[...new Set(team.onCallNow.map(({ person }) => person.name))].join(', ')}</span>;
}

function Team({ team, onEdit }: { readonly team: TeamDetails; readonly onEdit: (() => void) | null }) {
  const { name, description, members, escalationPolicy, services, openIncidents } = team;
  return (
    <li className="teams-row">
      <div className="teams-what">
        <strong>{name}</strong>
        {description && <span className="muted">{description}</span>}
        <span className="teams-facts">
          <OnCallWords team={team} />
          {escalationPolicy ? (
            <Link to="/on-call/policies/$policy" params={{ policy: escalationPolicy.id }}>
              {escalationPolicy.name}
            </Link>
          ) : (
            <span className="teams-gap">no escalation policy</span>
          )}
          <span className="muted">
            {counted(services.length, 'service')}, {counted(openIncidents, 'open incident')}
          </span>
        </span>
      </div>
      <span className="teams-members" title={members.map(({ person }) => person.name).join(', ')}>
        {members.slice(0, 5).map(({ person }) => (
          <Avatar key={person.id} name={person.name} />
        ))}
        <span className="muted">{counted(members.length, 'member')}</span>
      </span>
      {onEdit && (
        <Button variant="default" size="xs" onClick={onEdit} aria-label={`Edit ${name}`}>
          Edit
        </Button>
      )}
    </li>
  );
}

/** Who there is to own things, and what nobody owns. */
export function TeamsSection() {
  const { data, error, refetch } = useLiveQuery({ query: teamsQuery, variables: {} });
  const may = useMay();
  // A team's name, '' for a new one, null while none is edited.
  const [edited, setEdited] = useState<string | null>(null);
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={6} />;
  const { teams, unowned, escalationPolicies } = data;
  const mayEdit = may('Mutation.saveTeam');
  const team = teams.find(({ name }) => name === edited) ?? null;
  return (
    <div className="teams">
      <header className="settings-head">
        <p className="settings-intro">
          A team owns services and the incidents of them; its escalation policy says who of it is woken.
        </p>
        {mayEdit && (
          <Button leftSection={<IconPlus size={16} stroke={2} aria-hidden="true" />} onClick={() => setEdited('')}>
            New team
          </Button>
        )}
      </header>
      <Unowned unowned={unowned} onMake={setEdited} />
      {teams.length === 0 ? (
        <NothingYet title="No team yet">A team owns services and incidents, and is woken for them.</NothingYet>
      ) : (
        <ul className="panel teams-list">
          {teams.map((each) => (
            <Team key={each.id} team={each} onEdit={mayEdit ? () => setEdited(each.name) : null} />
          ))}
        </ul>
      )}
      <Modal opened={edited !== null} onClose={() => setEdited(null)} title={team?.name ?? 'New team'} size="lg">
        {edited !== null && (
          <TeamForm
            team={team}
            name={edited}
            policies={escalationPolicies}
            onClose={() => setEdited(null)}
            onSaved={refetch}
          />
        )}
      </Modal>
    </div>
  );
}
