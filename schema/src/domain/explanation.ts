import type { Explanation } from './correlation.js';
import { sentenceOf as placementSentence } from './correlateSentence.js';
import { incidentReference } from './incident.js';

/** Why an alert is where it is, as English sentences for people. What decisions say of themselves stays as they said it. */
export function sentenceOf(explanation: Explanation): string {
  const [failure] = explanation.failures ?? [];
  const sentence = explanation.sentence ?? ofPlacement(explanation);
  return failure === undefined
    ? sentence
    : `${sentence} Rule ${failure.ruleId} failed on it and was skipped: ${failure.message}`;
}

function ofPlacement(explanation: Explanation): string {
  const { reason, path = [], fromIncidentId, outcome } = explanation;
  if (reason === undefined) return 'Correlation put it here.';
  const placement = { ...explanation, reason, path };
  if (outcome !== 'merged' || fromIncidentId === undefined) return placementSentence(placement);
  const shown = placementSentence({ ...placement, outcome: 'joined' });
  return `Came with ${incidentReference(fromIncidentId)}, which an alert showed to be one with this. It ${shown.charAt(0).toLowerCase()}${shown.slice(1)}`;
}
