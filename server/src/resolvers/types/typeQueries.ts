import type { IncidentType } from '@tocsin/schema/domain/incidentType';
import { workflowProblems, type WorkflowProblem } from '@tocsin/schema/domain/workflowProblems';
import { checkIncidentType } from '@tocsin/schema/domain/incidentTypeInput';
import {
  IncidentTypeDefinitionObject,
  IncidentTypeObject,
  PriorityMatrixObject,
  SeverityCriterionObject,
  TypeVersionObject,
  WorkflowProblemObject,
} from '@tocsin/schema/graphql/incidentType';
import { IncidentTypeInput } from '@tocsin/schema/graphql/incidentTypeInput';
import { incidentTypes, typeVersions } from '@tocsin/schema/postgres/incidentType';
import { priorityMatrix } from '@tocsin/schema/postgres/priorityMatrix';
import { severityCriteria } from '@tocsin/schema/postgres/severityCriteria';
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../../context.js';
import { notFound } from '../../errors.js';
import { definitionObjectOf, draftOf } from './typeInput.js';

@Resolver()
export class TypeQueriesResolver {
  @Query(() => [IncidentTypeObject])
  async incidentTypes(
    @Arg('isArchived', () => Boolean, { nullable: true, defaultValue: false }) isArchived: boolean | null,
    @Ctx() { services }: ApiContext,
  ): Promise<readonly IncidentType[]> {
    const types = await incidentTypes(services.pool);
    return isArchived === null ? types : types.filter((type) => type.isArchived === isArchived);
  }

  @Query(() => IncidentTypeObject, { nullable: true })
  incidentType(@Arg('key', () => ID) key: string, @Ctx() { loaders }: ApiContext): Promise<IncidentType | null> {
    return loaders.incidentType.load(key);
  }

  @Query(() => [WorkflowProblemObject], { description: 'All that is wrong with a draft; none: it can be saved.' })
  checkIncidentType(
    @Arg('input', () => IncidentTypeInput) input: IncidentTypeInput,
  ): readonly (Omit<WorkflowProblem, 'code'> & { readonly code: string })[] {
    const draft = draftOf(input);
    const problems = workflowProblems(draft.definition);
    if (problems.length > 0) return problems;
    const refusal = checkIncidentType(draft);
    if (refusal?.code !== 'INVALID_INPUT') return [];
    return [{ code: refusal.code, message: refusal.message, status: null, field: refusal.field }];
  }

  @Query(() => PriorityMatrixObject)
  priorityMatrix(@Ctx() { services }: ApiContext): Promise<object> {
    return priorityMatrix(services.pool);
  }

  @Query(() => [SeverityCriterionObject], { description: 'Of every severity, the most severe first.' })
  severityCriteria(@Ctx() { services }: ApiContext): Promise<readonly object[]> {
    return severityCriteria(services.pool);
  }
}

@Resolver(() => IncidentTypeObject)
export class IncidentTypeFieldsResolver {
  @FieldResolver(() => IncidentTypeDefinitionObject)
  async definition(
    @Root() type: IncidentType,
    @Arg('version', () => Int, { nullable: true }) version: number | null | undefined,
    @Ctx() { loaders }: ApiContext,
  ): Promise<object> {
    const wanted = version ?? type.version;
    if (wanted < 0 || wanted > type.version) throw notFound(`version of the type ${type.key}`, String(wanted));
    return definitionObjectOf(await loaders.typeDefinition.load({ type: type.key, version: wanted }));
  }

  @FieldResolver(() => [TypeVersionObject])
  versions(@Root() type: IncidentType, @Ctx() { services }: ApiContext): Promise<readonly object[]> {
    return typeVersions(services.pool, type.key);
  }

  @FieldResolver()
  openIncidents(@Root() type: IncidentType, @Ctx() { loaders }: ApiContext): Promise<number> {
    return loaders.openOfType.load(type.key);
  }
}
