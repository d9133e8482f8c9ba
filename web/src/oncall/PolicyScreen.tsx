import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { Failed, NotFound, SkeletonRows } from '../ui/states.tsx';
import './onCall.css';
import './policy.css';
import { draftOf, newPolicy } from './policyDraft.ts';
import { PolicyEditor } from './PolicyEditor.tsx';
import { policyQuery, targetsQuery } from './policyQueries.ts';
import { PagePreview } from './preview/PagePreview.tsx';
import { policyRoute } from './route.ts';

/** One escalation policy: its steps and whom each wakes. */
export function PolicyScreen() {
  const { policy: id } = policyRoute.useParams();
  const isNew = id === 'new';
  const { data, error, refetch } = useLiveQuery({ query: policyQuery, variables: { id }, pause: isNew });
  const [{ data: choices, error: choicesError }] = useQuery({ query: targetsQuery, variables: {} });
  const failure = error ?? choicesError;
  if (failure) return <Failed error={failure} onRetry={refetch} />;
  if (!choices || (!isNew && !data)) return <SkeletonRows height={96} rows={4} />;
  const stored = data?.escalationPolicy ?? null;
  if (!isNew && stored === null) {
    return (
      <NotFound title="There is no such escalation policy">
        <Link to="/on-call/policies">Go to the policies</Link>
      </NotFound>
    );
  }
  return (
    <div className="oncall">
      <PolicyEditor
        key={stored ? `${stored.id} ${stored.version}` : 'new'}
        stored={stored}
        first={stored ? draftOf(stored) : newPolicy()}
        choices={choices}
        onSaved={refetch}
      />
      {stored && <PagePreview key={stored.version} policyId={stored.id} />}
    </div>
  );
}
