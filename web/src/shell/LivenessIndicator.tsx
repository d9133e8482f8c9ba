import { catchUpNotice } from '../live/catchUp.ts';
import type { Liveness } from '../live/liveness.ts';
import { livenessStore } from '../live/livenessStore.ts';
import { useStore } from '../ui/createStore.ts';
import { humanDuration } from '../ui/duration.ts';
import { useNow } from '../ui/useNow.ts';
import './liveness.css';

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

interface Words {
  readonly short: string;
  /** How long the way to the server and back takes; left out where there is little room. */
  readonly latency?: string;
  readonly long: string;
}

function wordsOf(now: Liveness, at: number): Words {
  switch (now.state) {
    case 'connecting':
      return { short: 'Connecting', long: 'Connecting to the live stream' };
    case 'live': {
      const words = { short: 'Live', long: `Live since ${clock.format(now.since)}` };
      return now.latencyMs === null ? words : { ...words, latency: ` · ${now.latencyMs} ms` };
    }
    case 'reconnecting': {
      const elapsed = humanDuration((at - now.since) / 1000);
      return { short: `Reconnecting · ${elapsed}`, long: `Connection lost at ${clock.format(now.since)}` };
    }
    case 'stale': {
      const heard = now.heardAt === null ? 'never heard from the server' : `as of ${clock.format(now.heardAt)}`;
      return { short: `Stale · ${heard}`, long: `What you see is not current: ${heard}` };
    }
  }
}

/** Whether this page tells the truth right now. */
export function LivenessIndicator() {
  const now = useStore(livenessStore);
  const notice = useStore(catchUpNotice);
  const words = wordsOf(now, useNow('second'));
  return (
    <div className="liveness-box">
      <span role="status" className="liveness-notice">
        {notice}
      </span>
      <span className="liveness" data-testid="liveness" data-state={now.state} title={words.long}>
        <span className="liveness-dot" aria-hidden="true" />
        <span>
          {words.short}
          {words.latency !== undefined && <span className="liveness-latency">{words.latency}</span>}
        </span>
      </span>
    </div>
  );
}

/** A page that is not live says so across its whole width, not only in a corner. */
export function LivenessBanner() {
  const now = useStore(livenessStore);
  const at = useNow();
  if (now.state !== 'stale') return null;
  return (
    <div className="liveness-banner" role="alert">
      {wordsOf(now, at).long}. Reconnecting by itself.
    </div>
  );
}
