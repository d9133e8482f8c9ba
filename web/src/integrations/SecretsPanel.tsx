import { Button, Group, Modal, NativeSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { Ago, Until } from '../ui/Time.tsx';
import { useMutate } from '../ui/useMutate.ts';
import { freshSecret } from './freshSecret.ts';
import { rotateIntegrationSecret } from './integrationMutations.ts';
import type { IntegrationDetails } from './integrationsQueries.ts';
import { SigningSecret } from './SigningSecret.tsx';
import { sourceOf } from './sources.ts';

const overlaps = [
  { value: '86400', label: 'one more day' },
  { value: '3600', label: 'one more hour' },
  { value: '604800', label: 'one more week' },
  { value: '0', label: 'not at all: it ends now' },
];

function RotateForm({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const [overlap, setOverlap] = useState('86400');
  const { mutate, isMutating } = useMutate();
  const rotate = async () => {
    const result = await mutate(rotateIntegrationSecret, { id, overlapSeconds: Number(overlap) });
    if (!result) return;
    freshSecret.set({ integrationId: id, secret: result.rotateIntegrationSecret.secret, why: 'rotated' });
    onDone();
    scrollTo({ top: 0 });
  };
  return (
    <>
      <NativeSelect
        label="The old secret stays valid"
        description="Long enough to change the sender without losing an alert."
        value={overlap}
        onChange={(event) => setOverlap(event.currentTarget.value)}
        data={overlaps}
      />
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button loading={isMutating} onClick={() => void rotate()}>
          Make a new secret
        </Button>
      </Group>
    </>
  );
}

/** The secrets by their last letters, and how to change them. */
export function SecretsPanel({ integration }: { readonly integration: IntegrationDetails }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <section className="panel" aria-label="Secrets">
      <div className="integration-panel-head">
        <h2 className="panel-title">Secrets</h2>
        <Button variant="default" size="xs" onClick={open}>
          Rotate…
        </Button>
      </div>
      <ul className="secrets">
        {integration.secrets.map((secret) => (
          <li key={secret.id}>
            <code className="mono">{secret.hint}</code>
            <span className="muted">
              made <Ago at={secret.createdAt} />
              {secret.lastUsedAt && (
                <>
                  , used <Ago at={secret.lastUsedAt} />
                </>
              )}
              {secret.expiresAt && (
                <>
                  , ends <Until at={secret.expiresAt} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      {sourceOf(integration.source).isSigned && <SigningSecret integration={integration} />}
      <Modal opened={isOpen} onClose={close} title="Rotate the secret" size="sm">
        <RotateForm id={integration.id} onDone={close} />
      </Modal>
    </section>
  );
}
