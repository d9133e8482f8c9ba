import type { EventData, LogEvent } from '../event.js';
import type { NotifyEvents } from '../events/notify.js';
import type { OnCallEvents } from '../events/onCall.js';
import type { PeopleEvents } from '../events/people.js';
import type { ReviewEvents } from '../events/review.js';
import type { TypeEvents } from '../events/types.js';
import type { WorkEvents } from '../events/work.js';
import { notifySentences } from './notify.js';
import { onCallSentences } from './onCall.js';
import { peopleSentences } from './people.js';
import { reviewSentences } from './review.js';
import type { Sentences } from './sentences.js';
import { typeSentences } from './types.js';
import { workSentences } from './work.js';

type FurtherData = PeopleEvents & OnCallEvents & NotifyEvents & TypeEvents & WorkEvents & ReviewEvents;

const sentences: Sentences<FurtherData> = {
  ...peopleSentences,
  ...onCallSentences,
  ...notifySentences,
  ...typeSentences,
  ...workSentences,
  ...reviewSentences,
};

/** Events whose sentence needs nothing but themselves. */
export function summariseFurther(event: Extract<LogEvent, { readonly kind: keyof FurtherData }>): string {
  return sentenceOf(event.kind, event.actor.name, event.data);
}

function sentenceOf<K extends keyof FurtherData>(kind: K, who: string, data: EventData[K]): string {
  return sentences[kind](who, data);
}
