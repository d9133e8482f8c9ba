export type IntegrationState = 'never' | 'alive' | 'silent';

interface Heard {
  readonly lastReceivedAt: string | null;
  readonly staleAfterSeconds: number;
  /** The server says so: with a heartbeat, silence is told long before the stale time. */
  readonly isSilent: boolean;
}

/** Whether its sender can be relied on: silence for longer than the stale time is news. */
export function stateOf({ lastReceivedAt, staleAfterSeconds, isSilent }: Heard, now: number): IntegrationState {
  if (isSilent) return 'silent';
  if (lastReceivedAt === null) return 'never';
  return now - Date.parse(lastReceivedAt) > staleAfterSeconds * 1_000 ? 'silent' : 'alive';
}

export const stateWords = {
  never: 'Never heard',
  alive: 'Alive',
  silent: 'Silent',
} as const satisfies Record<IntegrationState, string>;
