import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { Ask } from './apiServer.js';

/** What an argument of a field is given, as GraphQL writes it; undefined: it is left out where it may be. */
export type Given = (field: string, argument: string) => string | undefined;

export interface Crawled {
  readonly field: string;
  /** All that was answered, as text. */
  readonly text: string;
  readonly codes: readonly unknown[];
}

/** Asks every query for all it can lead to, as deep as the limits of the API let it. */
export async function crawl(schema: GraphQLSchema, ask: Ask, given: Given): Promise<readonly Crawled[]> {
  const found: Crawled[] = [];
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    for (let depth = 5; depth > 0; depth--) {
      const text = fieldText(field, 'Query', depth, given, []);
      if (text === null) break;
      const { data, errors } = await ask(`{ ${text} }`);
      const codes = errors.map(({ extensions }) => extensions['code']);
      if (codes.includes('QUERY_TOO_COMPLEX')) continue;
      found.push({ field: field.name, text: JSON.stringify([data, errors]), codes });
      break;
    }
  }
  return found;
}

type Field = GraphQLField<unknown, unknown>;

/** Null: it needs what nobody gives it, or goes too deep. */
function fieldText(field: Field, parent: string, depth: number, given: Given, path: readonly string[]): string | null {
  const passed: string[] = [];
  for (const argument of field.args) {
    const value = valueOf(argument, `${parent}.${field.name}`, given);
    if (value !== undefined) passed.push(`${argument.name}: ${value}`);
    else if (isNonNullType(argument.type) && argument.defaultValue === undefined) return null;
  }
  const call = passed.length === 0 ? field.name : `${field.name}(${passed.join(', ')})`;
  if (isLeafType(getNamedType(field.type))) return call;
  const set = selectionOf(field.type, depth - 1, given, path);
  return set === null ? null : `${call} { ${set} }`;
}

function valueOf({ name, type }: GraphQLArgument, field: string, given: Given): string | undefined {
  const known = given(field, name);
  if (known !== undefined) return known;
  return name === 'first' && getNamedType(type).name === 'Int' ? '5' : undefined;
}

/** A type is entered twice on the way down: from one incident to another, and no further. */
function selectionOf(output: GraphQLOutputType, depth: number, given: Given, path: readonly string[]): string | null {
  const type = getNamedType(output);
  if (!isObjectType(type) || depth < 0 || path.filter((name) => name === type.name).length > 1) return null;
  const inner = [...path, type.name];
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const text = fieldText(field, type.name, depth, given, inner);
    return text === null ? [] : [text];
  });
  return fields.length === 0 ? null : fields.join(' ');
}

/** The arguments of queries that need some, or that could be asked about one incident. */
export const argumentsAbout =
  (incident: number) =>
  (field: string, argument: string): string | undefined => {
    const template = '{ kind: "notification", key: "x", title: "{{incident.title}}", body: "{{incident.title}}" }';
    switch (`${field}.${argument}`) {
      case 'Query.incident.number':
      case 'Query.review.incidentId':
      case 'Query.previewTemplate.incidentId':
      case 'Query.previewPages.incidentId':
        return argument === 'number' ? String(incident) : `"${incident}"`;
      case 'Query.previewTemplate.input':
        return template;
      case 'Query.previewUpdate.input':
        return `{ incidentId: "${incident}", audience: INTERNAL, title: "x", body: "x", progress: IDENTIFIED }`;
      case 'Query.incidentFacets.fields':
        return '[PHASE, SEVERITY, SERVICE, TEAM]';
      case 'Query.dryRunAutomation.input':
        return '{ name: "x", kinds: [INCIDENT_OPENED, INCIDENT_NOTE_ADDED], actions: [{ kind: ADD_TAG, parameters: "{\\"tag\\":\\"x\\"}" }] }';
      case 'Query.alertFacets.fields':
        return '["service"]';
      case 'Query.service.name':
        return '"checkout"';
      case 'Query.person.handle':
        return '"mona"';
      case 'Query.savedViews.screen':
        return '"incidents"';
      default:
        return undefined;
    }
  };
