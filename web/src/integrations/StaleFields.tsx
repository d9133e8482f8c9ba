import { NativeSelect, NumberInput } from '@mantine/core';
import type { Settings } from './integrationSettings.ts';

interface StaleFieldsProps {
  readonly draft: Settings;
  readonly set: (patch: Partial<Settings>) => void;
}

/** What is thought of the sender's silence, about one alert and about all. */
export function StaleFields({ draft, set }: StaleFieldsProps) {
  return (
    <>
      <div className="integration-form-pair">
        <NumberInput
          label="Stale after (minutes)"
          description="About twice the sender’s repeat interval."
          value={draft.staleAfterMinutes}
          onChange={(value) => set({ staleAfterMinutes: Number(value) })}
          min={1}
          max={129_600}
          hideControls
          required
        />
        <NativeSelect
          label="Then"
          description="What becomes of its stale alerts."
          value={draft.staleAction}
          onChange={(event) => set({ staleAction: event.currentTarget.value === 'RESOLVE' ? 'RESOLVE' : 'KEEP' })}
          data={[
            { value: 'KEEP', label: 'keep them, marked' },
            { value: 'RESOLVE', label: 'resolve them as stale' },
          ]}
        />
      </div>
      <NumberInput
        label="Heartbeat (minutes)"
        description="If nothing at all comes for this long, that is an alert itself. Empty: silence means nothing."
        placeholder="none"
        value={draft.heartbeatMinutes}
        onChange={(value) => set({ heartbeatMinutes: value === '' ? '' : Number(value) })}
        min={1}
        max={43_200}
        hideControls
      />
    </>
  );
}
