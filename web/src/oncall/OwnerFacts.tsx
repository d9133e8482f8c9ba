import { Link } from '@tanstack/react-router';
import { Avatar } from '../ui/Avatar.tsx';
import { Until } from '../ui/Time.tsx';
import type { Owner } from './ownerQueries.ts';

const becauseWords: Readonly<Record<string, string>> = {
  rule: 'by a rule',
  service: 'owns the service',
  integration: 'owns the integration',
  person: 'chosen by a person',
  team: 'of the team',
};

function OnCallNow({ onCallNow }: Pick<NonNullable<Owner['team']>, 'onCallNow'>) {
  if (onCallNow.length === 0) return <span className="owner-gap">nobody is on call</span>;
  return (
    <ul className="owner-people">
      {onCallNow.map(({ person, schedule, until }) => (
        <li key={schedule.id}>
          <Avatar name={person.name} />
          <div>
            <strong>{person.name}</strong>
            <span className="muted">
              {schedule.name}, <Until at={until} /> left
            </span>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Team, policy and people, each with why it is so. */
export function OwnerFacts({ owner }: { readonly owner: Owner }) {
  const { team, policy, because, policyBecause } = owner;
  if (!team && !policy) return null;
  return (
    <dl className="owner-facts">
      {team && (
        <>
          <dt>Team</dt>
          <dd>
            <b>{team.name}</b> <span className="muted">{becauseWords[because ?? ''] ?? ''}</span>
            {team.chatUrl && (
              <>
                {' '}
                <a href={team.chatUrl} target="_blank" rel="noopener noreferrer">
                  Chat
                </a>
              </>
            )}
          </dd>
        </>
      )}
      <dt>Policy</dt>
      <dd>
        {policy ? (
          <>
            <Link to="/on-call/policies/$policy" params={{ policy: policy.id }}>
              {policy.name}
            </Link>{' '}
            <span className="muted">
              {policyBecause === 'service' ? 'of the service' : becauseWords[policyBecause ?? '']}
            </span>
          </>
        ) : (
          <span className="owner-gap">none: nobody is woken</span>
        )}
      </dd>
      {team && (
        <>
          <dt>On call</dt>
          <dd>
            <OnCallNow onCallNow={team.onCallNow} />
          </dd>
        </>
      )}
    </dl>
  );
}
