import type { OnCallEvents } from '../events/onCall.js';
import type { Sentences } from './sentences.js';

export const onCallSentences: Sentences<OnCallEvents> = {
  'incident.escalationStarted': (_who, { policy, reason }) =>
    policy === null ? `Escalation started (${reason})` : `Escalation by “${policy}” started (${reason})`,
  'incident.escalated': (who, { step, round, reason, people, channels }) => {
    const called = [...people.map(({ handle, because }) => `${handle} (${because})`), ...channels].join(', ');
    const by =
      reason === 'manual' ? `${who} called` : `Step ${step + 1}${round > 0 ? `, round ${round + 1}` : ''} called`;
    return `${by} ${called === '' ? 'nobody' : called}`;
  },
  'incident.escalationEnded': (_who, { state, because }) => `The escalation ended (${state}): ${because}`,
  'incident.unreachable': (_who, { what }) => `Nobody could be reached: ${what}`,
  'incident.snoozed': (who, { until, kinds }) =>
    `${who} snoozed the incident${until === null ? '' : ` until ${minuteOf(until)}`}${kinds === null ? '' : ` or until something happens`}`,
  'incident.woke': (who, { because }) =>
    because === 'person' ? `${who} woke the incident` : `The incident woke by ${because}`,
};

/** "2026-11-28 07:53 UTC": the log has no reader whose clock it could be. */
function minuteOf(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
