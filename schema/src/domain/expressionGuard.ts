import type { ASTNode } from '@marcbachmann/cel-js';
import { ExpressionRefusal } from './expressionError.js';
import { boundedMacro, orEmptyMacro } from './expressionMacro.js';
import { severities } from './severity.js';

export const expressionLimits = {
  length: 4_000,
  nodes: 250,
  depth: 32,
  listElements: 100,
  loops: 5,
} as const;

/** One inside another is n × n; `cel.bind` in `cel.bind` doubles a text with every level. */
const loops: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);
const refusedMethods: ReadonlyMap<string, string> = new Map([
  ['matches', '`matches` can hang on an evil pattern: write re(text, "pattern") instead.'],
  ['bind', '`cel.bind` is not available.'],
  ['optMap', '`optMap` is not available.'],
  ['optFlatMap', '`optFlatMap` is not available.'],
]);
const ourOwn: ReadonlySet<string> = new Set([orEmptyMacro, boundedMacro]);

/** A text to be put into the source at a position, so that positions before it stay what they are. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
}

interface Walk {
  readonly source: string;
  readonly fields: ReadonlySet<string>;
  /** Fields whose missing keys read as ''. */
  readonly records: ReadonlySet<string>;
  readonly insertions: Insertion[];
  nodes: number;
  loops: number;
}

/**
 * Walks the tree that was parsed and refuses what could run long or means nothing.
 * @returns what to insert so that loops are counted and a missing label reads as ''
 * @throws ExpressionRefusal with the position of what is refused
 */
export function guardExpression(
  root: ASTNode,
  source: string,
  fields: ReadonlySet<string>,
  records: ReadonlySet<string>,
): readonly Insertion[] {
  const walk: Walk = { source, fields, records, insertions: [], nodes: 0, loops: 0 };
  visit(root, walk, 1, false);
  return walk.insertions;
}

function visit(node: ASTNode, walk: Walk, depth: number, inLoop: boolean): void {
  if (++walk.nodes > expressionLimits.nodes) {
    throw new ExpressionRefusal(`The expression has more than ${expressionLimits.nodes} parts.`, node.start);
  }
  if (depth > expressionLimits.depth) {
    throw new ExpressionRefusal(`The expression is nested deeper than ${expressionLimits.depth} levels.`, node.start);
  }
  const inside = (child: ASTNode) => visit(child, walk, depth + 1, inLoop);
  switch (node.op) {
    case 'value':
    case 'id':
      return;
    case 'call':
      return visitCall(node, inside);
    case 'rcall':
      return visitMethod(node, walk, depth, inLoop);
    case '.':
    case '[]':
    case '.?':
    case '[?]':
      return visitAccess(node, walk, inside);
    case 'list':
      assertShort(node.args.length, node);
      return node.args.forEach(inside);
    case 'map':
      assertShort(node.args.length, node);
      return node.args.forEach((entry) => entry.forEach(inside));
    case '!_':
    case '-_':
      return inside(node.args);
    case '?:':
      return node.args.forEach(inside);
    default:
      assertSeverityWords(node.args);
      return node.args.forEach(inside);
  }
}

function visitCall(node: ASTNode & { readonly op: 'call' }, inside: (child: ASTNode) => void): void {
  const [name, args] = node.args;
  if (ourOwn.has(name)) throw new ExpressionRefusal(`There is no function ${name}.`, node.start);
  // The argument of has() is a path, not a value: has(labels.team) asks whether there is one.
  const [path] = args;
  if (name === 'has' && path?.op === '.') return inside(path.args[0]);
  // The pattern of re() is compiled; only the text is a part of the expression.
  args.forEach(inside);
}

function visitMethod(node: ASTNode & { readonly op: 'rcall' }, walk: Walk, depth: number, inLoop: boolean): void {
  const [name, receiver, args] = node.args;
  const refusal = refusedMethods.get(name);
  if (refusal !== undefined) throw new ExpressionRefusal(refusal, node.args[1].end + 1);
  visit(receiver, walk, depth + 1, inLoop);
  const isLoop = loops.has(name);
  if (isLoop) {
    if (inLoop) throw new ExpressionRefusal(`\`${name}\` inside another loop is not allowed.`, receiver.end + 1);
    if (++walk.loops > expressionLimits.loops) {
      throw new ExpressionRefusal(`More than ${expressionLimits.loops} loops in one expression.`, receiver.end + 1);
    }
    const [variable] = args;
    if (variable?.op === 'id' && walk.fields.has(variable.args)) {
      throw new ExpressionRefusal(`\`${variable.args}\` is a field: name the variable otherwise.`, variable.start);
    }
    wrap(receiver, boundedMacro, walk);
  }
  for (const arg of args) visit(arg, walk, depth + 1, inLoop || isLoop);
}

function visitAccess(
  node: ASTNode & { readonly op: '.' | '[]' | '.?' | '[?]' },
  walk: Walk,
  inside: (child: ASTNode) => void,
): void {
  const [record, key] = node.args;
  if (typeof key !== 'string') inside(key);
  inside(record);
  if (record.op !== 'id' || !walk.records.has(record.args)) return;
  if (node.op !== '.' && node.op !== '[]') {
    throw new ExpressionRefusal(`A missing label is "" here: write ${record.args}.name.`, node.start);
  }
  if (!/^\s*[.[]/.test(walk.source.slice(record.end, node.end))) {
    throw new ExpressionRefusal(`Write ${record.args} without parentheses around it.`, record.start);
  }
  wrap(node, orEmptyMacro, walk);
}

/** Inner parts come first, so of two insertions at one place the later is the outer one. */
function wrap(node: ASTNode, macro: string, walk: Walk): void {
  walk.insertions.push({ at: node.start, text: `${macro}(` }, { at: node.end, text: ')' });
}

function assertShort(length: number, node: ASTNode): void {
  if (length > expressionLimits.listElements) {
    throw new ExpressionRefusal(`The list has more than ${expressionLimits.listElements} elements.`, node.start);
  }
}

/** `severity == "hihg"` would be false for ever: say so when it is written. */
function assertSeverityWords([left, right]: readonly [ASTNode, ASTNode]): void {
  if (![left, right].some((side) => side.op === 'id' && side.args === 'severity')) return;
  for (const literal of [left, right].flatMap((side) => (side.op === 'list' ? side.args : [side]))) {
    if (literal.op !== 'value' || typeof literal.args !== 'string') continue;
    if (!severities.some((severity) => severity === literal.args)) {
      const known = severities.join(', ');
      throw new ExpressionRefusal(`There is no severity "${literal.args}"; there are ${known}.`, literal.start);
    }
  }
}
