import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ResultOf } from 'gql.tada';
import { useLiveEvents } from '../live/useLiveEvents.ts';
import { readLogHead } from '../ui/logCursor.ts';
import { useMutate } from '../ui/useMutate.ts';
import { sendTestAlert } from './integrationMutations.ts';
import { testAlertSubscription } from './integrationsQueries.ts';

/** The service under which the server sends its test alerts. */
const testService = 'tocsin-test';
const patienceMs = 15_000;

type Alert = ResultOf<typeof testAlertSubscription>['alertEvents']['alert'];

interface Sent {
  readonly after: string;
  readonly alert: Alert | null;
  readonly isLate: boolean;
}

function Result({ sent: { alert, isLate } }: { readonly sent: Sent }) {
  if (alert?.incident) {
    return (
      <>
        Arrived in{' '}
        <Link to="/incidents/$number" params={{ number: String(alert.incident.number) }}>
          {alert.incident.reference}
        </Link>
        . It resolves by itself in a minute.
      </>
    );
  }
  if (alert) {
    return (
      <>
        Arrived as{' '}
        <Link to="/alerts" search={{ alert: alert.id }}>
          an alert
        </Link>{' '}
        of no incident.
      </>
    );
  }
  return isLate ? 'Sent, but nothing has come of it yet. Is ingest running?' : 'Sent. Waiting for it to arrive…';
}

/** Sends one alert through the whole pipeline and shows where it ends. */
export function TestAlert({ integrationId }: { readonly integrationId: string }) {
  const { mutate, isMutating } = useMutate();
  const [sent, setSent] = useState<Sent | null>(null);
  const isWaiting = sent !== null && sent.alert === null;
  useLiveEvents({
    query: testAlertSubscription,
    variables: isWaiting
      ? { filter: { integrationIds: [integrationId], services: [testService] }, after: sent.after }
      : null,
    onData: ({ alertEvents: { alert } }) => setSent((before) => before && { ...before, alert }),
  });
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setSent((before) => before && { ...before, isLate: true }), patienceMs);
    return () => clearTimeout(timer);
  }, [isWaiting]);

  const send = async () => {
    const head = await readLogHead();
    const done = await mutate(sendTestAlert, { integrationId });
    if (done && head.cursor !== null) setSent({ after: head.cursor, alert: null, isLate: false });
  };
  return (
    <div className="test-alert">
      <span className="test-alert-result muted" role="status">
        {sent && <Result sent={sent} />}
      </span>
      <Button
        variant="default"
        loading={isMutating}
        leftSection={<IconSend size={15} stroke={1.7} aria-hidden="true" />}
        onClick={() => void send()}
      >
        Send test alert
      </Button>
    </div>
  );
}
