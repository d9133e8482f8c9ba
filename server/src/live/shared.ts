import { execute, type ExecutionArgs, type ExecutionResult, Kind, visit } from 'graphql';
import type { ApiContext } from '../context.js';
import type { LiveItem } from './batch.js';
import type { KpiTick } from './kpiTicker.js';

/** What a subscription's source yields: items of one batch, or a tick. */
export type SourceItem = LiveItem | KpiTick;

/** The answers to one document and its variables, as JSON text, computed once for all who asked the same. */
export interface SharedExecution {
  readonly payloadsOf: (items: readonly SourceItem[]) => Promise<readonly string[]>;
}

const answers = new WeakMap<SourceItem, Map<string, Promise<string>>>();

/**
 * A thousand dashboards ask the same; executing and serialising an event for each of them would be nearly all the work
 * there is: the answer is made once per event, question and viewer, who may have many windows open. What one person may see
 * another may not, so nothing is shared between them.
 */
export function shareExecution(
  args: ExecutionArgs,
  asked: string,
  context: ApiContext,
  format: (result: ExecutionResult) => object,
): SharedExecution {
  const { personId, tokenId } = context.viewer;
  const question = `${personId} ${tokenId ?? '-'} ${asked}`;
  async function answer(item: SourceItem): Promise<string> {
    const contextValue: ApiContext = 'batch' in item ? { ...context, loaders: item.batch.loaders } : context;
    return JSON.stringify(format(await execute({ ...args, rootValue: item, contextValue })));
  }

  function answerOnce(item: SourceItem): Promise<string> {
    const known = answers.get(item) ?? new Map<string, Promise<string>>();
    answers.set(item, known);
    const before = known.get(question);
    if (before) return before;
    const promise = answer(item);
    known.set(question, promise);
    return promise;
  }

  // All at once: what the events of a batch load is loaded together.
  return { payloadsOf: (items) => Promise.all(items.map(answerOnce)) };
}

/** What is asked, without where it continues from: `after` differs between subscribers, and no answer depends on it. */
export function questionOf(query: string, { document, operationName, variableValues }: ExecutionArgs): string {
  const used = new Map<string, number>();
  let after: string | null = null;
  let depth = 0;
  visit(document, {
    Field: { enter: () => void depth++, leave: () => void depth-- },
    Argument: (node) => {
      if (depth === 1 && node.name.value === 'after' && node.value.kind === Kind.VARIABLE)
        after = node.value.name.value;
    },
    Variable: (node) => void used.set(node.name.value, (used.get(node.name.value) ?? 0) + 1),
  });
  // Twice: where it is declared, and there.
  const isOnlyStart = after !== null && used.get(after) === 2;
  const variables = Object.entries(variableValues ?? {}).filter(([name]) => !isOnlyStart || name !== after);
  return JSON.stringify([query, operationName ?? null, variables]);
}
