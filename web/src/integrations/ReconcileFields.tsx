import { PasswordInput, TextInput } from '@mantine/core';
import type { Settings } from './integrationSettings.ts';

interface ReconcileFieldsProps {
  readonly draft: Settings;
  readonly set: (patch: Partial<Settings>) => void;
  readonly apiExample: string;
  /** Why it could not be asked the last time. */
  readonly problem: string | null;
}

/** The API of the sender, which tells what it no longer delivers. */
export function ReconcileFields({ draft, set, apiExample, problem }: ReconcileFieldsProps) {
  return (
    <>
      <TextInput
        type="url"
        label="Address of its API"
        description="Asked every minute which alerts it has: those that vanished there (silenced, missed) are marked."
        placeholder={apiExample}
        value={draft.reconcileUrl}
        onChange={(event) => set({ reconcileUrl: event.currentTarget.value })}
        error={problem && `It could not be asked: ${problem}`}
        maxLength={2_000}
      />
      {draft.reconcileUrl !== '' && (
        <PasswordInput
          label="Token for it"
          description="Sent as a bearer token. It can be written here and is never shown again."
          placeholder="unchanged"
          value={draft.reconcileToken}
          onChange={(event) => set({ reconcileToken: event.currentTarget.value })}
          maxLength={4_000}
          autoComplete="off"
        />
      )}
    </>
  );
}
