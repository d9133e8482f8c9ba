import type { IncidentType } from '@tocsin/schema/domain/incidentType';
import { IncidentTypeObject, PriorityMatrixObject, SeverityCriterionObject } from '@tocsin/schema/graphql/incidentType';
import { IncidentTypeInput, SeverityCriterionInput } from '@tocsin/schema/graphql/incidentTypeInput';
import { archiveIncidentType, saveIncidentType } from '@tocsin/schema/postgres/incidentType';
import { savePriorityMatrix } from '@tocsin/schema/postgres/priorityMatrix';
import { saveSeverityCriteria } from '@tocsin/schema/postgres/severityCriteria';
import { Arg, Ctx, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { optionalText } from '../input.js';
import { draftOf } from './typeInput.js';

const longest = { comment: 500, criteria: 4_000 } as const;

@Resolver()
export class TypeMutationsResolver {
  @Mutation(() => IncidentTypeObject, {
    description: 'A new version; INVALID_INPUT names what is wrong. `expectedVersion` is 0 for a new type.',
  })
  saveIncidentType(
    @Arg('input', () => IncidentTypeInput) input: IncidentTypeInput,
    @Arg('expectedVersion', () => Int) expectedVersion: number,
    @Arg('comment', () => String, { nullable: true }) comment: string | null | undefined,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<IncidentType> {
    const text = optionalText('comment', comment, longest.comment);
    const save = { draft: draftOf(input), expectedVersion, comment: text };
    return saveIncidentType(services.pool, save, actor, Date.now());
  }

  @Mutation(() => IncidentTypeObject)
  archiveIncidentType(
    @Arg('key', () => ID) key: string,
    @Arg('isArchived', () => Boolean) isArchived: boolean,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<IncidentType> {
    return archiveIncidentType(services.pool, key, isArchived, actor, Date.now());
  }

  @Mutation(() => PriorityMatrixObject)
  savePriorityMatrix(
    @Arg('cells', () => [[Int]]) cells: readonly (readonly number[])[],
    @Arg('expectedVersion', () => Int) expectedVersion: number,
    @Ctx() { services, actor }: ApiContext,
  ): Promise<object> {
    return savePriorityMatrix(services.pool, cells, expectedVersion, actor, Date.now());
  }

  @Mutation(() => [SeverityCriterionObject], { description: 'Those that are given; the others stay.' })
  saveSeverityCriteria(
    @Arg('criteria', () => [SeverityCriterionInput]) criteria: readonly SeverityCriterionInput[],
    @Ctx() { services, actor }: ApiContext,
  ): Promise<readonly object[]> {
    const texts = criteria.map(({ severity, criteria: text }) => ({
      severity,
      criteria: optionalText('criteria', text, longest.criteria) ?? '',
    }));
    return saveSeverityCriteria(services.pool, texts, actor, Date.now());
  }
}
