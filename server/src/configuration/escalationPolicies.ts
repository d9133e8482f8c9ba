import {
  type PolicyEntry,
  policyFormat,
  type PolicyTarget,
} from '@tocsin/schema/domain/configuration/escalationPolicies';
import type { EscalationTarget } from '@tocsin/schema/domain/policyInput';
import { loadPolicies } from '@tocsin/schema/postgres/escalationPolicy';
import { deletePolicyIn, savePolicyIn } from '@tocsin/schema/postgres/escalationPolicyWrite';
import type { Names } from './names.js';
import { section } from './section.js';

export const policySection = section<PolicyEntry>({
  format: policyFormat,
  read: async (db, names) =>
    (await loadPolicies(db)).map(({ id, teamId, steps, ...policy }) => ({
      id,
      entry: {
        name: policy.name,
        team: names.nameOf('team', teamId),
        repeatCount: policy.repeatCount,
        unacknowledgeSeconds: policy.unacknowledgeSeconds,
        pageWhen: policy.pageWhen,
        steps: steps.map(({ delaySeconds, mode, condition, targets }) => ({
          delaySeconds,
          mode,
          condition,
          targets: targets.map((target) => targetEntryOf(target, names)),
        })),
      },
    })),
  settle: (policy, names, at) => ({
    ...policy,
    team: names.spell('team', policy.team, `${at}.team`),
    steps: policy.steps.map((step, index) => ({
      ...step,
      targets: step.targets.map((target, place) =>
        settledTarget(target, names, `${at}.steps[${index}].targets[${place}]`),
      ),
    })),
  }),
  save: (db, id, policy, names, edit) => {
    const steps = policy.steps.map((step) => ({ ...step, targets: step.targets.map((each) => targetOf(each, names)) }));
    return savePolicyIn(db, { ...policy, id, steps }, null, edit);
  },
  remove: (db, { id }, edit) => deletePolicyIn(db, id ?? 0, edit),
});

function targetEntryOf({ kind, id }: EscalationTarget, names: Names): PolicyTarget {
  const name = names.nameOf(kind, id) ?? '';
  switch (kind) {
    case 'person':
      return { person: name };
    case 'schedule':
      return { schedule: name };
    case 'team':
      return { team: name };
    case 'channel':
      return { channel: name };
  }
}

function settledTarget(target: PolicyTarget, names: Names, at: string): PolicyTarget {
  if ('person' in target) return { person: names.find('person', target.person, `${at}.person`).name };
  if ('schedule' in target) return { schedule: names.find('schedule', target.schedule, `${at}.schedule`).name };
  if ('team' in target) return { team: names.find('team', target.team, `${at}.team`).name };
  return { channel: names.find('channel', target.channel, `${at}.channel`).name };
}

function targetOf(target: PolicyTarget, names: Names): EscalationTarget {
  if ('person' in target) return { kind: 'person', id: names.idOf('person', target.person) ?? 0 };
  if ('schedule' in target) return { kind: 'schedule', id: names.idOf('schedule', target.schedule) ?? 0 };
  if ('team' in target) return { kind: 'team', id: names.idOf('team', target.team) ?? 0 };
  return { kind: 'channel', id: names.idOf('channel', target.channel) ?? 0 };
}
