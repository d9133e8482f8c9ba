import type { ResultOf } from 'gql.tada';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import { ChangePassword } from './ChangePassword.tsx';
import { ProfileForm } from './ProfileForm.tsx';
import { profileQuery } from './profileQueries.ts';

export type ProfilePerson = ResultOf<typeof profileQuery>['viewer']['person'];

/** Name, address and zone of the viewer, and their password. */
export function Profile() {
  const { data, error, refetch } = useLiveQuery({ query: profileQuery, variables: {} });
  if (!data) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={2} />;
  const { person } = data.viewer;
  return (
    <>
      <ProfileForm key={person.version} person={person} />
      {person.hasPassword === true && <ChangePassword email={person.email} />}
    </>
  );
}
