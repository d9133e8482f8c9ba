import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { CopyButton } from '../ui/CopyButton.tsx';
import { type FreshSecret, freshSecret } from './freshSecret.ts';
import type { IntegrationDetails } from './integrationsQueries.ts';
import { Snippets } from './Snippets.tsx';
import './snippets.css';

interface FreshSecretPanelProps {
  readonly fresh: FreshSecret;
  readonly integration: IntegrationDetails;
}

/** The one time the secret can be read, already in the lines to paste. */
export function FreshSecretPanel({ fresh, integration }: FreshSecretPanelProps) {
  return (
    <section className="panel fresh-secret" aria-label="The new secret">
      <div className="fresh-secret-head">
        <IconKey size={18} stroke={1.8} aria-hidden="true" />
        <div>
          <h2>{fresh.why === 'created' ? 'Paste this into the sender' : 'The new secret'}</h2>
          <p>
            The secret is shown only now: it is stored as a hash and gone once you leave this page. Lost ones can be
            rotated.
          </p>
        </div>
      </div>
      <div className="fresh-secret-value">
        <code className="mono" data-testid="fresh-secret">
          {fresh.secret}
        </code>
        <CopyButton text={fresh.secret} label="Copy the secret" />
      </div>
      <Snippets snippets={integration.snippets} secret={fresh.secret} />
      <Button variant="default" size="xs" className="fresh-secret-done" onClick={() => freshSecret.set(null)}>
        I have it, hide it
      </Button>
    </section>
  );
}
