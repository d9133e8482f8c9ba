import { IconCircleDashed, IconHeartbeat, IconVolumeOff } from '@tabler/icons-react';
import { useNow } from '../ui/useNow.ts';
import { stateOf, stateWords } from './integrationState.ts';

const signs = { never: IconCircleDashed, alive: IconHeartbeat, silent: IconVolumeOff } as const;

/** Whether the sender is heard, by sign and word. */
export function StateMark({ integration }: { readonly integration: Parameters<typeof stateOf>[0] }) {
  const state = stateOf(integration, useNow());
  const Sign = signs[state];
  return (
    <span className="integration-state" data-state={state}>
      <Sign size={15} stroke={1.9} aria-hidden="true" />
      {stateWords[state]}
    </span>
  );
}
