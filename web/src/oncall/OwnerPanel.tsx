import { Button, Select } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import type { IncidentPanelProps } from '../incident/panels.ts';
import { useRefetchOnChanges } from '../live/useRefetchOnChanges.ts';
import { useMay } from '../session/viewer.ts';
import { useAct } from '../ui/useAct.ts';
import './onCall.css';
import { teamNamesQuery } from './onCallQueries.ts';
import { OwnerFacts } from './OwnerFacts.tsx';
import './owner.css';
import { giveToTeam, incidentOwnerQuery } from './ownerQueries.ts';

interface GiveProps {
  readonly incident: { readonly id: string; readonly version: number };
  readonly onDone: () => void;
}

/** To another team, where the right one is known. */
function Give({ incident, onDone }: GiveProps) {
  const [team, setTeam] = useState<string | null>(null);
  const [{ data }] = useQuery({ query: teamNamesQuery, variables: {} });
  const { act, isActing } = useAct();
  const give = async () => {
    if (team === null) return;
    const variables = { id: incident.id, team, expectedVersion: incident.version };
    if (await act(giveToTeam, variables, `Given to ${team}`)) onDone();
  };
  return (
    <div className="owner-give">
      <Select
        aria-label="Team"
        placeholder="Choose a team"
        data={(data?.teams ?? []).map(({ name }) => name)}
        value={team}
        onChange={setTeam}
        searchable
      />
      <Button onClick={() => void give()} loading={isActing} disabled={team === null}>
        Assign
      </Button>
    </div>
  );
}

/** Whose incident it is, under which policy, and who is on call for it now. */
export function OwnerPanel({ incidentId }: IncidentPanelProps) {
  const { data, refetch } = useLiveQuery({ query: incidentOwnerQuery, variables: { id: incidentId } });
  useRefetchOnChanges(refetch, { incidentId });
  const [isGiving, setGiving] = useState(false);
  const may = useMay();
  const incident = data?.incident;
  if (!incident) return null;
  const { owner } = incident;
  const isOwned = owner.state === 'OWNED';
  const mayGive = may('Mutation.editIncident');
  const done = () => {
    setGiving(false);
    refetch();
  };
  return (
    <section className="panel owner" aria-label="Owner" data-unowned={!isOwned || undefined}>
      <div className="oncall-panel-head">
        <h2>Owner</h2>
        <span className="muted" />
        {isOwned && mayGive && (
          <button
            type="button"
            className="oncall-link"
            aria-expanded={isGiving}
            onClick={() => setGiving((before) => !before)}
          >
            Give to another team
          </button>
        )}
      </div>
      {!isOwned && (
        <p className="owner-nobody" role="alert">
          <IconUserQuestion size={18} stroke={1.8} aria-hidden="true" />
          {owner.teamName === null ? 'Nobody owns this.' : `Nobody owns this: there is no team ${owner.teamName}.`}{' '}
          {mayGive ? 'Give it to a team:' : <Link to="/on-call">See who is on call</Link>}
        </p>
      )}
      <OwnerFacts owner={owner} />
      {mayGive && (!isOwned || isGiving) && <Give incident={incident} onDone={done} />}
    </section>
  );
}
