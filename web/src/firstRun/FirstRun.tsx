import { Button } from '@mantine/core';
import { IconChevronRight, IconPlayerPlay, IconSend } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSystem } from '../shell/Boot.tsx';
import './firstRun.css';
import { type Going, useFirstRun } from './useFirstRun.ts';

const senders = [
  { source: 'ALERTMANAGER', name: 'Connect Alertmanager', about: 'A webhook receiver in alertmanager.yml' },
  { source: 'PROMETHEUS', name: 'Connect Prometheus', about: 'As one more Alertmanager in prometheus.yml' },
  { source: 'SIGNOZ', name: 'Connect SigNoz', about: 'A webhook notification channel' },
] as const;

const goingWords = {
  test: 'Your test alert is on its way. This page becomes the overview the moment it arrives.',
  demo: 'The demo is playing: the first alerts arrive within seconds.',
} as const satisfies Record<Exclude<Going, 'nothing'>, string>;

/** The live feed tells of the first incident; asking too helps when the socket is slow to come. */
const lookMs = 2_000;

function Try({ actions }: { readonly actions: ReturnType<typeof useFirstRun> }) {
  const { going, isBusy, sendTest, loadDemo } = actions;
  if (going !== 'nothing') {
    return (
      <p className="first-run-going" role="status">
        <span className="first-run-pulse" aria-hidden="true" />
        {goingWords[going]}
      </p>
    );
  }
  return (
    <div className="first-run-try">
      <Button
        loading={isBusy}
        leftSection={<IconPlayerPlay size={16} stroke={1.8} aria-hidden="true" />}
        onClick={() => void loadDemo()}
      >
        Load the demo
      </Button>
      <Button
        variant="default"
        disabled={isBusy}
        leftSection={<IconSend size={16} stroke={1.8} aria-hidden="true" />}
        onClick={() => void sendTest()}
      >
        Send a test alert
      </Button>
      <span className="muted">The demo is a ten-minute storm, played live. The test alert resolves by itself.</span>
    </div>
  );
}

/** What an empty system says about itself, and how it comes to life. */
export function FirstRun() {
  const { demoIsRunning, refetch } = useSystem();
  const actions = useFirstRun(demoIsRunning);
  const isGoing = actions.going !== 'nothing';
  useEffect(() => {
    if (!isGoing) return;
    const timer = setInterval(refetch, lookMs);
    return () => clearInterval(timer);
  }, [isGoing, refetch]);
  return (
    <section className="first-run" aria-label="First steps">
      <h2>All quiet: nothing has been received yet</h2>
      <p className="muted">
        Tocsin folds the alerts of your tools into incidents, tells you why each of them belongs there, and keeps this
        page current by itself. Connect a sender, and its first alert appears right here.
      </p>
      <ul className="first-run-senders">
        {senders.map(({ source, name, about }) => (
          <li key={source}>
            <Link to="/integrations/new" search={{ source }} className="first-run-sender">
              <span>
                <strong>{name}</strong>
                <span className="muted">{about}</span>
              </span>
              <IconChevronRight size={18} stroke={1.6} aria-hidden="true" />
            </Link>
          </li>
        ))}
      </ul>
      <h3>Or look around first</h3>
      <Try actions={actions} />
    </section>
  );
}
