import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { shapeErrors } from '../documentShape.js';
import { limits } from '../limits.js';

export type CheckedDocument =
  | { readonly document: DocumentNode; readonly errors: null }
  | { readonly document: null; readonly errors: readonly GraphQLError[] };

export interface DocumentStore {
  /** The parsed and validated document, or what is wrong with it. */
  readonly get: (query: string) => CheckedDocument;
}

const kept = 500;

/** Every dashboard sends the same few documents: each is parsed and validated once. */
export function createDocumentStore(schema: GraphQLSchema): DocumentStore {
  const known = new Map<string, CheckedDocument>();
  return {
    get: (query) => {
      const before = known.get(query);
      if (before) return before;
      const checked = check(schema, query);
      const oldest = known.keys().next();
      if (known.size >= kept && !oldest.done) known.delete(oldest.value);
      known.set(query, checked);
      return checked;
    },
  };
}

function check(schema: GraphQLSchema, query: string): CheckedDocument {
  try {
    const document = parse(query, { maxTokens: limits.tokens });
    const misshapen = shapeErrors(document);
    const errors = misshapen.length > 0 ? misshapen : validate(schema, document);
    return errors.length === 0 ? { document, errors: null } : { document: null, errors };
  } catch (error) {
    if (error instanceof GraphQLError) return { document: null, errors: [error] };
    throw error;
  }
}
