/** For so many minutes, or until something happens. */
export const snoozeChoices = [
  { value: '30', label: 'For 30 minutes' },
  { value: '60', label: 'For an hour' },
  { value: '240', label: 'For 4 hours' },
  { value: '1440', label: 'For a day' },
  { value: 'INCIDENT_NOTE_ADDED', label: 'Until somebody writes a note' },
  { value: 'INCIDENT_ASSIGNED', label: 'Until it is assigned' },
] as const;

const endingKinds = ['INCIDENT_NOTE_ADDED', 'INCIDENT_ASSIGNED'] as const;

/** What the API takes for a choice. @param now epoch milliseconds */
export function snoozeInput(choice: string, now: number) {
  const kind = endingKinds.find((each) => each === choice);
  if (kind) return { until: null, kinds: [kind] };
  return { until: new Date(now + Number(choice) * 60_000).toISOString(), kinds: null };
}
