import { readFileSync } from 'node:fs';
import { buildSchema, isEnumType, isSpecifiedScalarType } from 'graphql';
import { describe, expect, it } from 'vitest';

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);
/** Words that say what they are: of senders, of lists and of numbers, which their own definitions explain. */
const plainWords =
  /^(EventKind|Severity|Alert\w+|Incident(Phase|Sort|FacetField)|Kpi\w+|TimeBucket|Maintenance\w+|Backtest\w+|SourceKind|MappedField|MatchOp|ActorKind|DismissReason|ResolveReason|StaleAction|VanishReason|NotifyMode|OnMissingLabel|ResolveMode|ChangeKind|ProposalKind)$/;

describe('the contract of the API', () => {
  it('says of every type what it is', () => {
    expect(types.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
  });

  it('says of every query, mutation and subscription what it does', () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const silent = roots.flatMap((root) =>
      Object.values(root?.getFields() ?? {}).flatMap(({ name, description }) => (description ? [] : [name])),
    );
    expect(silent).toEqual([]);
  });

  it('says of the values of people and process what they mean', () => {
    const silent = types
      .filter(isEnumType)
      .filter(({ name }) => !plainWords.test(name))
      .flatMap((type) =>
        type.getValues().flatMap(({ name, description }) => (description ? [] : [`${type.name}.${name}`])),
      );
    expect(silent).toEqual([]);
  });
});
