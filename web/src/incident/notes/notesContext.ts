import { createContext, use } from 'react';
import type { IncidentNote, IncidentPin } from './notesQueries.ts';

export interface IncidentNotes {
  readonly incidentId: string;
  readonly notes: ReadonlyMap<string, IncidentNote>;
  readonly pins: readonly IncidentPin[];
  readonly refetch: () => void;
}

export const NotesContext = createContext<IncidentNotes | null>(null);

/** The notes and pins of the incident on screen; null elsewhere, and until they have come. */
export function useNotes(): IncidentNotes | null {
  return use(NotesContext);
}
