import { Anchor } from '@mantine/core';
import { NothingYet } from '../ui/states.tsx';

/** What an empty system says about itself. */
export function FirstRun() {
  return (
    <NothingYet title="Nothing has been received yet">
      Tocsin folds alerts of Prometheus, Alertmanager and SigNoz into incidents.{' '}
      <Anchor href="/integrations">Connect a sender</Anchor> and its first alert appears here.
    </NothingYet>
  );
}
