import { Button, Group, Modal, PasswordInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useMutate } from '../ui/useMutate.ts';
import { setSigningSecret } from './integrationMutations.ts';
import type { IntegrationDetails } from './integrationsQueries.ts';
import { sourceOf } from './sources.ts';

interface SigningSecretProps {
  readonly integration: IntegrationDetails;
}

function SecretForm({ integration, onDone }: SigningSecretProps & { readonly onDone: () => void }) {
  const [secret, setSecret] = useState('');
  const { mutate, isMutating } = useMutate();
  const save = async (event: FormEvent, value: string | null) => {
    event.preventDefault();
    const done = value === null ? 'Signatures are no longer asked for' : 'Saved: what is not signed with it is refused';
    if (await mutate(setSigningSecret, { integrationId: integration.id, secret: value }, done)) onDone();
  };
  return (
    <form onSubmit={(event) => void save(event, secret)}>
      <PasswordInput
        label={`The secret ${sourceOf(integration.source).name} signs with`}
        description="It can be written here and is never shown again."
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        maxLength={1_000}
        autoComplete="off"
        data-autofocus
      />
      <Group justify="flex-end" mt="lg">
        {integration.hasSigningSecret && (
          <Button variant="subtle" color="red" disabled={isMutating} onClick={(event) => void save(event, null)}>
            Take it away
          </Button>
        )}
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" loading={isMutating} disabled={secret === ''}>
          Save
        </Button>
      </Group>
    </form>
  );
}

/** The secret of senders that sign: it can be set and taken away, and never read. */
export function SigningSecret({ integration }: SigningSecretProps) {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <div className="signing-secret">
      <span>
        {integration.hasSigningSecret ? 'Signatures are checked' : 'Signatures are not checked'}
        <span className="muted">
          {integration.hasSigningSecret ? ': the signing secret is set' : ': no signing secret is set'}
        </span>
      </span>
      <Button variant="default" size="xs" onClick={open}>
        {integration.hasSigningSecret ? 'Change…' : 'Set…'}
      </Button>
      <Modal opened={isOpen} onClose={close} title="Signing secret" size="sm">
        <SecretForm integration={integration} onDone={close} />
      </Modal>
    </div>
  );
}
