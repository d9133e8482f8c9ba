import type { PlacementExplanation } from './correlation.js';

/** Why an alert is where it is, as one sentence, computed when it is shown. */
export function sentenceOf(explanation: PlacementExplanation): string {
  const why = whyOf(explanation);
  switch (explanation.outcome) {
    case 'opened':
      return `Opened for ${nameOf(explanation)}: ${why}.`;
    case 'reopened':
      return `Reopened because ${why}.`;
    case 'joined':
      return `Joined because ${why}.`;
    case 'split':
      return 'Split off by a person.';
    case 'merged':
      return 'Came with an incident that was merged into this one.';
    case 'moved':
      return 'Moved here by a person.';
    case 'heldBack':
      return `Held back by rule ${explanation.ruleId}: ${nameOf(explanation)} has not reached its threshold or time yet.`;
  }
}

function whyOf(explanation: PlacementExplanation): string {
  const within = `within ${spanOf(explanation.windowSeconds)}`;
  switch (explanation.reason) {
    case 'sameCondition':
      return `the same condition fired again ${within} of its last end`;
    case 'sameService':
      return `it is about the same ${nameOf(explanation)}, ${within}`;
    case 'dependency':
      return `${pathOf(explanation.path)}, ${within}`;
    case 'namedPeer':
      return `it names a service of this incident, or the incident names its, as the other side of failing calls, ${within}`;
    case 'sameNode':
      return `it is about the same machine, or runs on one that failed, ${within}`;
    case 'sharedInfrastructure':
      return `something that the environment shares failed at the same time, ${within}`;
    case 'sameTime':
      return `users would notice it, it began in the same environment ${within}, and there is no service catalogue to say more`;
    case 'senderGroup':
      return `the sender put it into the same group, ${within}`;
    case 'rule':
      return `rule ${explanation.ruleId} groups by ${valuesOf(explanation)}, ${within} of the last activity`;
    case 'nothingToJoin':
      return 'no incident was there to join';
    case 'ended':
      return 'the last incident of this kind had ended, or been quiet for too long';
  }
}

/** `storefront and catalogue are neighbours … (by way of basket)`; the path runs from the alert's service to the incident's. */
function pathOf(path: readonly string[]): string {
  const [from = 'its service', ...rest] = path;
  const to = rest.at(-1) ?? 'an affected service';
  const via = rest.length > 1 ? ` (by way of ${rest.slice(0, -1).join(', ')})` : '';
  return `${from} and ${to} are neighbours in the service catalogue${via} and ${to} is affected`;
}

function nameOf({ values, reason }: PlacementExplanation): string {
  const { service, environment, host, groupKey }: Partial<Record<string, string>> = values;
  const where = environment === undefined ? '' : ` in ${environment}`;
  if (reason === 'rule') return valuesOf({ values });
  if (service !== undefined) return `service ${service}${where}`;
  if (host !== undefined) return `machine ${host}${where}`;
  if (groupKey !== undefined) return `sender’s group ${groupKey}${where}`;
  return valuesOf({ values }) || 'this condition';
}

function valuesOf({ values }: Pick<PlacementExplanation, 'values'>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** `15 minutes`, `1 minute`, `45 seconds`, `24 hours` */
function spanOf(seconds: number): string {
  const [count, unit] =
    seconds % 3600 === 0 && seconds > 0
      ? [seconds / 3600, 'hour']
      : seconds >= 60
        ? [Math.round(seconds / 60), 'minute']
        : [seconds, 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
