import { Button, TextInput } from '@mantine/core';
import type { DraftFieldsProps } from './MaintenanceForm.tsx';
import { localIn } from './zonedTime.ts';

const lengths = [
  { label: '30 min', ms: 1_800_000 },
  { label: '2 h', ms: 7_200_000 },
  { label: '8 h', ms: 28_800_000 },
  { label: '1 day', ms: 86_400_000 },
  { label: '1 week', ms: 604_800_000 },
] as const;

/** Until when; a silence starts now unless it was begun before. */
export function SilenceTimes({ draft, set }: DraftFieldsProps) {
  return (
    <div className="silence-times">
      <div className="silence-lengths" role="group" aria-label="For how long, from now">
        {lengths.map(({ label, ms }) => (
          <Button
            key={label}
            variant="default"
            size="compact-sm"
            onClick={() => set({ endsLocal: localIn(draft.timeZone, Date.now() + ms) })}
          >
            {label}
          </Button>
        ))}
      </div>
      <TextInput
        type="datetime-local"
        label="Until"
        description="What still fires then surfaces."
        value={draft.endsLocal}
        onChange={(event) => set({ endsLocal: event.currentTarget.value })}
        required
      />
    </div>
  );
}
