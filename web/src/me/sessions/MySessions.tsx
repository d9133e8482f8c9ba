import { Button } from '@mantine/core';
import type { ResultOf } from 'gql.tada';
import { graphql } from '../../graphql/graphql.ts';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import { Ago } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { browserOf } from './browserOf.ts';

const sessionsQuery = graphql(`
  query MySessions {
    sessions {
      id
      method
      createdAt
      lastSeenAt
      address
      userAgent
      isCurrent
    }
  }
`);

const revokeSession = graphql(`
  mutation RevokeSession($id: ID!) {
    revokeSession(id: $id)
  }
`);

const revokeOtherSessions = graphql(`
  mutation RevokeOtherSessions {
    revokeOtherSessions
  }
`);

type Session = ResultOf<typeof sessionsQuery>['sessions'][number];

const methodWords = { PASSWORD: 'by password', OIDC: 'by identity provider', LINK: 'by link' } as const;

function SessionItem({ session, onChanged }: { readonly session: Session; readonly onChanged: () => void }) {
  const { act, isActing } = useAct();
  const browser = browserOf(session.userAgent);
  const revoke = async () => {
    if (await act(revokeSession, { id: session.id }, 'Signed out there')) onChanged();
  };
  return (
    <li className="me-row" data-testid="session-row">
      <div className="me-row-main">
        <strong>{browser}</strong> <span className="muted">{session.address}</span>
        <div className="muted">
          signed in {methodWords[session.method]} <Ago at={session.createdAt} />
          {!session.isCurrent && (
            <>
              , seen <Ago at={session.lastSeenAt} />
            </>
          )}
        </div>
      </div>
      {session.isCurrent ? (
        <span className="muted">this one</span>
      ) : (
        <Button
          size="xs"
          variant="default"
          disabled={isActing}
          aria-label={`Sign out ${browser} at ${session.address}`}
          onClick={() => void revoke()}
        >
          Sign out
        </Button>
      )}
    </li>
  );
}

/** Every open session of the viewer: one that is not theirs they end here. */
export function MySessions() {
  const { data, error, refetch } = useLiveQuery({ query: sessionsQuery, variables: {} });
  const { act, isActing } = useAct();
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={2} />;
  const revokeOthers = async () => {
    if (await act(revokeOtherSessions, {}, 'Signed out everywhere else')) refetch();
  };
  return (
    <>
      <ul className="me-rows">
        {data.sessions.map((session) => (
          <SessionItem key={session.id} session={session} onChanged={refetch} />
        ))}
      </ul>
      {data.sessions.length > 1 && (
        <div className="me-foot">
          <Button size="xs" variant="default" disabled={isActing} onClick={() => void revokeOthers()}>
            Sign out everywhere else
          </Button>
        </div>
      )}
    </>
  );
}
