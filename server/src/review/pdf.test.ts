import { describe, expect, it } from 'vitest';
import MarkdownIt from 'markdown-it';
import { pdfOf } from './pdf.js';
import { linesOf, longestWord, piecesOf } from './pdfLines.js';

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
/** A whole file: it begins and ends as one, and its table of objects is where it says. */
function expectWhole(pdf: Buffer): void {
  const text = pdf.toString('latin1');
  expect(text.startsWith('%PDF-')).toBe(true);
  expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
  const at = Number(/startxref\n(\d+)/.exec(text)?.[1]);
  expect(text.slice(at, at + 4)).toBe('xref');
}

describe('a review as PDF', () => {
  it.each([
    ['emoji, also joined ones', '# 🚒 Fire 👩‍🚒\n\n- 🇩🇪 **🔥** `🧯`\n\n> 🫠'],
    ['right to left, mixed with numbers', '# שירות התשלומים نفدت الذاكرة\n\nהשירות `db-7` נפל ב־10:42 لمدة 12 دقيقة.'],
    ['scripts that the font has not', '# 支払いが停止\n\n결제 중단 · हिन्दी · ไทย'],
    ['lone surrogates and control characters', '# a\ud83d b\u0000\n\nc\udc00d\u0007 \u202e\ufeff'],
    [
      'a word that is longer than a line, a table wider than a page',
      `${'x'.repeat(5_000)}\n\n|${'a|'.repeat(80)}\n|${'-|'.repeat(80)}\n|${'b|'.repeat(80)}`,
    ],
    [
      'lists within lists, and nothing',
      `${Array.from({ length: 30 }, (_, n) => `${'  '.repeat(n)}- deep`).join('\n')}\n\n#\n\n-\n\n\`\`\`\n\`\`\``,
    ],
    ['no text at all', ''],
  ])('takes %s', async (_what, text) => {
    expectWhole(await pdfOf(text.slice(0, 50), text));
  });

  it.each([
    ['letters', 'x'.repeat(49_000)],
    ['letters in a block of code', `\`\`\`\n${'x'.repeat(49_000)}\n\`\`\``],
    ['blanks that break no line', `x${'\u00a0x'.repeat(24_000)}`],
    ['marks that stay on the line of what is before them', `x${' !'.repeat(24_000)}`],
  ])('takes a word of 49,000 %s, of which pdfkit sees a line at a time', async (_what, text) => {
    const spans = linesOf(new MarkdownIt().parse(text, {})).flatMap((line) => line.spans);
    expect(spans.length).toBeGreaterThan(500);
    expect(Math.max(...spans.map((span) => span.text.length))).toBeLessThanOrEqual(longestWord);
    expect(spans.map((span) => span.text).join('')).toBe(text.replaceAll(/^`+\n|\n`+$/g, ''));
    const pdf = await pdfOf('Long', text);
    expectWhole(pdf);
    expect(pagesOf(pdf)).toBeLessThan(30);
  });

  it('breaks no other word, nor between the halves of a letter', () => {
    const prose = 'It took twelve minutes, of which ten were lost. '.repeat(20);
    expect(piecesOf(prose)).toEqual([prose]);
    const code = 'const a = 1\n'.repeat(20);
    expect(piecesOf(code)).toEqual([code]);
    expect(piecesOf('')).toEqual(['']);
    expect(piecesOf(`before ${'🔥'.repeat(100)} after it`)).toEqual([
      'before ',
      '🔥'.repeat(80),
      `${'🔥'.repeat(20)} after it`,
    ]);
  });

  it('runs over pages, and after two hundred says that there is more', async () => {
    const paragraphs = (count: number) =>
      Array.from({ length: count }, (_, n) => `Paragraph ${n}: ${'word '.repeat(60)}`);
    const some = await pdfOf('Long', paragraphs(50).join('\n\n'));
    expectWhole(some);
    expect(pagesOf(some)).toBeGreaterThan(2);
    expect(pagesOf(some)).toBeLessThan(20);
    const most = await pdfOf('Longest', paragraphs(4_000).join('\n\n'));
    expectWhole(most);
    expect(pagesOf(most)).toBe(200);
  });

  it('never has more pages than that, though one paragraph is all there is', async () => {
    const most = await pdfOf('One', 'word '.repeat(300_000));
    expectWhole(most);
    expect(pagesOf(most)).toBeLessThanOrEqual(200);
  });
});
