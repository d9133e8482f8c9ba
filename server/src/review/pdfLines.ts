import type { Token } from 'markdown-it';

export interface Span {
  readonly text: string;
  readonly font: 'regular' | 'bold' | 'italic' | 'mono';
  /** An address of the web; null: it leads nowhere. */
  readonly link: string | null;
}

/** One paragraph, heading or item, as it is drawn. */
export interface Line {
  readonly kind: 'text' | 'rule';
  /** Points. */
  readonly size: number;
  readonly indent: number;
  /** Lines of space before it. */
  readonly gap: number;
  readonly spans: readonly Span[];
}

const body = 10;
const step = 16;
const headingSizes = [18, 13, 11, 10, 10, 10];

interface State {
  /** Of the lists around: null for dots, else the number that comes next. */
  readonly lists: (number | null)[];
  quotes: number;
  heading: number;
  /** What stands before the next text: a dot, a number. */
  mark: string;
  /** Null: not within a cell of a table. */
  cell: 'head' | 'body' | null;
  cells: Span[];
}

/** The blocks of a parsed document, in order: lists keep their marks, rows of a table are lines. */
export function linesOf(tokens: readonly Token[]): readonly Line[] {
  const state: State = { lists: [], quotes: 0, heading: 0, mark: '', cell: null, cells: [] };
  return tokens
    .flatMap((token) => lineOf(token, state))
    .map((line) => ({
      ...line,
      spans: line.spans.flatMap((span) => piecesOf(span.text).map((text) => ({ ...span, text }))),
    }));
}

/** In characters; about what a line holds. */
export const longestWord = 80;
/** Between two words a line surely breaks. Not at every blank: none breaks before `!` or another blank. */
const runEnd = /(?<=\n|[\p{L}\p{N}] (?=[\p{L}\p{N}]))/u;
/** At the last blank where there is one. */
const chunk = new RegExp(`.{1,${longestWord - 1}} |.{1,${longestWord}}`, 'gsu');

/**
 * The text in pieces that nothing unbreakable longer than {@link longestWord} lies in: the time pdfkit takes for a word
 * that is longer than its line grows by the square of its length. No character is added, for not every font has a blank
 * of no width.
 */
export function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const run of text.split(runEnd)) {
    const [first = '', ...others] = run.length <= longestWord ? [run] : (run.match(chunk) ?? []);
    piece += first;
    for (const other of others) {
      pieces.push(piece);
      piece = other;
    }
  }
  return [...pieces, piece];
}

function lineOf(token: Token, state: State): readonly Line[] {
  const { lists } = state;
  const indent = Math.min(lists.length + state.quotes, 8) * step;
  switch (token.type) {
    case 'heading_open':
    case 'heading_close':
      state.heading = token.nesting === 1 ? Number(token.tag.slice(1)) : 0;
      return [];
    case 'bullet_list_open':
      lists.push(null);
      return [];
    case 'ordered_list_open':
      lists.push(Number(token.attrGet('start') ?? 1));
      return [];
    case 'bullet_list_close':
    case 'ordered_list_close':
      lists.pop();
      return [];
    case 'list_item_open':
      state.mark = markOf(lists);
      return [];
    case 'blockquote_open':
    case 'blockquote_close':
      state.quotes += token.nesting;
      return [];
    case 'th_open':
    case 'td_open':
      state.cell = token.type === 'th_open' ? 'head' : 'body';
      if (state.cells.length > 0) state.cells.push(plain('  |  '));
      return [];
    case 'th_close':
    case 'td_close':
      state.cell = null;
      return [];
    case 'tr_close': {
      const spans = state.cells;
      state.cells = [];
      return [{ kind: 'text', size: body - 1, indent, gap: 0.2, spans }];
    }
    case 'hr':
      return [{ kind: 'rule', size: body, indent: 0, gap: 0.6, spans: [] }];
    case 'fence':
    case 'code_block':
      return [
        {
          kind: 'text',
          size: body - 1,
          indent: indent + step,
          gap: 0.5,
          spans: [{ ...plain(token.content.trimEnd()), font: 'mono' }],
        },
      ];
    case 'inline':
      return inline(token, state, indent);
    default:
      return [];
  }
}

function inline(token: Token, state: State, indent: number): readonly Line[] {
  const spans = spansOf(token.children ?? []);
  if (state.cell !== null) {
    state.cells.push(...(state.cell === 'head' ? bold(spans) : spans));
    return [];
  }
  if (state.heading > 0) {
    const size = headingSizes[state.heading - 1] ?? body;
    return [{ kind: 'text', size, indent: 0, gap: state.heading === 1 ? 0 : 0.9, spans: bold(spans) }];
  }
  const mark = state.mark;
  state.mark = '';
  const gap = state.lists.length > 0 ? 0.2 : 0.5;
  return [{ kind: 'text', size: body, indent, gap, spans: mark === '' ? spans : [plain(`${mark} `), ...spans] }];
}

function bold(spans: readonly Span[]): readonly Span[] {
  return spans.map((span) => ({ ...span, font: 'bold' }));
}

function markOf(lists: (number | null)[]): string {
  const next = lists.at(-1) ?? null;
  if (next === null) return '•';
  lists[lists.length - 1] = next + 1;
  return `${next}.`;
}

function plain(text: string): Span {
  return { text, font: 'regular', link: null };
}

function spansOf(children: readonly Token[]): readonly Span[] {
  let font: Span['font'] = 'regular';
  let link: string | null = null;
  const spans: Span[] = [];
  for (const child of children) {
    if (child.type === 'strong_open') font = 'bold';
    else if (child.type === 'em_open') font = 'italic';
    else if (child.type === 'strong_close' || child.type === 'em_close') font = 'regular';
    else if (child.type === 'link_open') link = webAddress(child.attrGet('href'));
    else if (child.type === 'link_close') link = null;
    else if (child.type === 'softbreak') spans.push(plain(' '));
    else if (child.type === 'hardbreak') spans.push(plain('\n'));
    else if (child.type === 'code_inline') spans.push({ text: child.content, font: 'mono', link });
    else if (child.content !== '') spans.push({ text: child.content, font, link });
  }
  return spans;
}

function webAddress(href: string | number | null): string | null {
  return typeof href === 'string' && /^(?:https?:\/\/|mailto:)/i.test(href) ? href : null;
}
