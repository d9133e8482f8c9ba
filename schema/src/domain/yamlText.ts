import { Lexer, LineCounter, parseDocument, Parser, type CST } from 'yaml';

/** More than any configuration needs. What reads YAML recurses: deep enough, it does not throw but takes the process down. */
const maxDepth = 64;
/** Each key is compared with every other key of its map. */
const maxKeys = 1_000;

/**
 * What a YAML document says, in bounded time whatever it holds.
 * @throws Error whose message says what is wrong and where; RangeError where it nests too deep or a map is too large
 */
export function readYaml(source: string): unknown {
  const lineCounter = new LineCounter();
  assertReadable(source, lineCounter);
  // Drawing each of many errors takes longer than finding them; only the first is told.
  const document = parseDocument(source, { prettyErrors: false, logLevel: 'error' });
  const [fault] = document.errors;
  if (fault !== undefined) {
    throw faultAt(fault.message, fault.pos[0], lineCounter);
  }
  // Aliases in aliases would grow without bound.
  return document.toJS({ maxAliasCount: 100 });
}

function assertReadable(source: string, lineCounter: LineCounter): void {
  const parser = new Parser(lineCounter.addNewLine);
  lineCounter.addNewLine(0);
  for (const lexeme of new Lexer().lex(source)) {
    // Only faults are of interest of what it yields: what is still open stands on its own stack.
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') throw faultAt(token.message, token.offset, lineCounter);
    }
    if (parser.stack.length > maxDepth) throw new RangeError(`It nests deeper than ${maxDepth} levels.`);
    if (keyCount(parser.stack.at(-1)) > maxKeys) throw new RangeError(`A map in it has more than ${maxKeys} keys.`);
  }
}

function keyCount(token: CST.Token | undefined): number {
  if (token?.type === 'block-map') return token.items.length;
  return token?.type === 'flow-collection' && token.start.type === 'flow-map-start' ? token.items.length : 0;
}

function faultAt(message: string, offset: number, lineCounter: LineCounter): Error {
  const { line, col } = lineCounter.linePos(offset);
  return new Error(`${message.split('\n')[0] ?? ''} at line ${line}, column ${col}`);
}
