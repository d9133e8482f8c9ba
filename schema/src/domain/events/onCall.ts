/** Who is woken, and what stops it. */
export interface OnCallEvents {
  'incident.escalationStarted': {
    readonly escalationId: number;
    readonly policy: string | null;
    readonly reason: string;
  };
  /** A step was taken. `because` per person as on the page. KPI: reason timeout where round or step > 0, manual, reassignment. */
  'incident.escalated': {
    readonly escalationId: number;
    readonly step: number;
    readonly round: number;
    readonly reason: 'opened' | 'timeout' | 'manual' | 'reassignment' | 'automation';
    readonly people: readonly { readonly handle: string; readonly because: string }[];
    readonly channels: readonly string[];
  };
  'incident.escalationEnded': {
    readonly escalationId: number;
    readonly state: 'acknowledged' | 'exhausted' | 'stopped';
    readonly because: string;
  };
  /** Nobody on call, or nobody reachable: loud. */
  'incident.unreachable': { readonly what: string };
  'incident.snoozed': { readonly until: number | null; readonly kinds: readonly string[] | null };
  'incident.woke': { readonly because: 'time' | 'event' | 'person'; readonly kind: string | null };
}
