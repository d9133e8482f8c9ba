import type { Incident } from '@tocsin/schema/domain/incident';
import { EscalateInput, SnoozeInput } from '@tocsin/schema/graphql/escalation';
import { IncidentObject } from '@tocsin/schema/graphql/incident';
import { startEscalation } from '@tocsin/schema/postgres/escalationStart';
import { endEscalations } from '@tocsin/schema/postgres/escalationWrite';
import { lockOne } from '@tocsin/schema/postgres/incidentCommands';
import type { Queryable } from '@tocsin/schema/postgres/pool';
import { snoozeIncident, wakeIncidents } from '@tocsin/schema/postgres/snooze';
import { inTransaction } from '@tocsin/schema/postgres/transaction';
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { invalidInput } from '../../errors.js';
import { requiredId, wholeNumber } from '../input.js';

const mostKinds = 20;
const longestSnoozeMs = 366 * 86_400_000;

@Resolver()
export class EscalationMutationsResolver {
  @Mutation(() => IncidentObject, { description: 'Calls somebody now, whatever the policy says about the hour.' })
  escalateIncident(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => EscalateInput) input: EscalateInput,
    @Ctx() context: ApiContext,
  ): Promise<Incident | null> {
    const { level, personId, teamId, policyId } = input;
    const named = [level, personId, teamId, policyId].filter((each) => each != null);
    if (named.length > 1) throw invalidInput('input', 'Name one of level, person, team and policy.');
    const wanted = {
      reason: 'manual',
      by: context.actor,
      level: level == null ? null : wholeNumber('input.level', level, 1, 100),
      personIds: personId == null ? [] : [requiredId('person', personId)],
      teamId: teamId == null ? null : requiredId('team', teamId),
      policyId: policyId == null ? null : requiredId('escalation policy', policyId),
    } as const;
    return change(context, id, (db, incidentId, now) => startEscalation(db, incidentId, wanted, now));
  }

  @Mutation(() => IncidentObject, { description: 'Nobody else is called. The incident stays as it is.' })
  stopEscalation(@Arg('id', () => ID) id: string, @Ctx() context: ApiContext): Promise<Incident | null> {
    const { actor } = context;
    return change(context, id, async (db, incidentId, now) => {
      await endEscalations(db, 'stopped', [{ incidentId, by: null, at: now, actor, because: 'stopped by hand' }], now);
    });
  }

  @Mutation(() => IncidentObject, {
    description: 'Nobody is called meanwhile. It ends sooner when the incident ends, fires again or gets worse.',
  })
  async snoozeIncident(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => SnoozeInput) input: SnoozeInput,
    @Arg('expectedVersion', () => Int, { nullable: true }) expectedVersion: number | null | undefined,
    @Ctx() { services, actor, loaders }: ApiContext,
  ): Promise<Incident | null> {
    const now = Date.now();
    const incidentId = requiredId('incident', id);
    const until = input.until ?? null;
    const kinds = input.kinds == null || input.kinds.length === 0 ? null : [...new Set(input.kinds)];
    if (until === null && kinds === null) throw invalidInput('input', 'Say until when, or until what happens.');
    if (until !== null && (until <= now || until > now + longestSnoozeMs)) {
      throw invalidInput('input.until', 'until must lie in the future, a year away at most.');
    }
    if (kinds !== null && kinds.length > mostKinds) {
      throw invalidInput('input.kinds', `kinds must have at most ${mostKinds} items.`);
    }
    const at = { actor, now, expectedVersion: expectedVersion ?? null };
    await snoozeIncident(services.pool, incidentId, { until, kinds }, at);
    return loaders.incident.load(incidentId);
  }

  @Mutation(() => IncidentObject)
  wakeIncident(@Arg('id', () => ID) id: string, @Ctx() context: ApiContext): Promise<Incident | null> {
    const { actor } = context;
    return change(context, id, async (db, incidentId, now) => {
      await wakeIncidents(db, [{ incidentId, actor, because: 'person', kind: null }], now);
    });
  }
}

/** Works on one incident, which nobody else changes meanwhile. @throws DomainFailure NOT_FOUND */
async function change(
  { services, loaders }: ApiContext,
  id: string,
  work: (db: Queryable, incidentId: number, now: number) => Promise<void>,
): Promise<Incident | null> {
  const incidentId = requiredId('incident', id);
  await inTransaction(services.pool, async (db) => {
    await lockOne(db, incidentId);
    await work(db, incidentId, Date.now());
  });
  return loaders.incident.clear(incidentId).load(incidentId);
}
