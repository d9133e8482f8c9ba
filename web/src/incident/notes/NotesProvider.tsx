import { type ReactNode, useMemo } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { NotesContext } from './notesContext.ts';
import { notesQuery } from './notesQueries.ts';

/** Notes as they stand now: the timeline tells when each was written, and this what it says today. */
export function NotesProvider({ incidentId, children }: { readonly incidentId: string; readonly children: ReactNode }) {
  const { data, refetch } = useLiveQuery({ query: notesQuery, variables: { id: incidentId } });
  useRefetchOnChanges(refetch, { incidentId });
  const incident = data?.incident;
  const value = useMemo(
    () =>
      incident
        ? { incidentId, notes: new Map(incident.notes.map((note) => [note.id, note])), pins: incident.pins, refetch }
        : null,
    [incident, incidentId, refetch],
  );
  return <NotesContext value={value}>{children}</NotesContext>;
}
