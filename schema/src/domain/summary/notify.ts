import type { NotifyEvents } from '../events/notify.js';
import type { Sentences } from './sentences.js';

export const notifySentences: Sentences<NotifyEvents> = {
  'incident.notified': (_who, { to, via, isRepeat, bundled }) =>
    `${to} was told by ${via}${isRepeat ? ', perhaps again' : ''}${bundled > 0 ? `, with ${bundled} more` : ''}`,
  'incident.notifyFailed': (_who, { to, via, error, fallsBackTo }) =>
    `${to} could not be told by ${via}: ${error}${fallsBackTo === null ? '' : `; ${fallsBackTo} instead`}`,
};
