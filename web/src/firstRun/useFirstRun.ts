import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { client } from '../graphql/client.ts';
import { createIntegration, sendTestAlert } from '../integrations/integrationMutations.ts';
import { type Mutate, useMutate } from '../ui/useMutate.ts';
import { genericIntegrationsQuery, startDemo } from './firstRunMutations.ts';

/** What has been set going; the overview takes this page's place with the first alert. */
export type Going = 'nothing' | 'test' | 'demo';

/** A generic integration to send through: the one there is, or a new one. Its secret is not needed: the server sends. */
async function integrationToTest(mutate: Mutate): Promise<string | null> {
  const known = await client.query(genericIntegrationsQuery, {}, { requestPolicy: 'network-only' }).toPromise();
  const found = known.data?.integrations.find(({ source }) => source === 'GENERIC');
  if (found) return found.id;
  const made = await mutate(createIntegration, { input: { name: 'Test alerts', source: 'GENERIC' } });
  return made?.createIntegration.integration.id ?? null;
}

export interface FirstRunActions {
  readonly going: Going;
  readonly isBusy: boolean;
  readonly sendTest: () => Promise<void>;
  readonly loadDemo: () => Promise<void>;
}

export function useFirstRun(isDemoRunning: boolean): FirstRunActions {
  const [going, setGoing] = useState<Going>('nothing');
  const { mutate, isMutating } = useMutate();
  const sendTest = async () => {
    const integrationId = await integrationToTest(mutate);
    if (integrationId !== null && (await mutate(sendTestAlert, { integrationId }))) setGoing('test');
  };
  const loadDemo = async () => {
    if (!(await mutate(startDemo, {}))) return;
    setGoing('demo');
    const message = 'A storm in a ticket shop, ten minutes long. Acknowledge what you like: it is all yours.';
    notifications.show({ title: 'The demo is playing', message, autoClose: 15_000 });
  };
  return { going: isDemoRunning && going === 'nothing' ? 'demo' : going, isBusy: isMutating, sendTest, loadDemo };
}
