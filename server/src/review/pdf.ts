import { createRequire } from 'node:module';
import MarkdownIt from 'markdown-it';
// oxlint-disable-next-line import/no-named-as-default -- its types know the default export alone
import PDFDocument from 'pdfkit';
import { type Line, linesOf, type Span } from './pdfLines.js';

const require = createRequire(import.meta.url);
/** Latin, Greek and Cyrillic, embedded as far as they are used: a reader has no fonts of ours. */
const fonts = {
  regular: 'DejaVuSans.ttf',
  bold: 'DejaVuSans-Bold.ttf',
  italic: 'DejaVuSans-Oblique.ttf',
  mono: 'DejaVuSansMono.ttf',
} as const satisfies Record<Span['font'], string>;

const margin = 56;
const mostPages = 200;
/** What a page surely holds of wide letters, far indented; a line break takes as much room as so many. */
const lettersPerPage = 1_500;
const lettersPerBreak = 30;
const markdown = new MarkdownIt('default', { html: false, linkify: false });

export interface PdfOptions {
  /** False: the text of the file can be read without unpacking it. @default true */
  readonly isCompressed?: boolean;
}

/** A document of Markdown as PDF, A4, two hundred pages at most. */
export function pdfOf(title: string, text: string, { isCompressed = true }: PdfOptions = {}): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: 'A4',
    margin,
    compress: isCompressed,
    lang: 'en',
    info: { Title: title, Creator: 'Tocsin' },
  });
  const parts: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (part: Buffer) => parts.push(part));
    pdf.on('end', () => resolve(Buffer.concat(parts)));
    pdf.on('error', reject);
  });
  for (const [name, file] of Object.entries(fonts))
    pdf.registerFont(name, require.resolve(`dejavu-fonts-ttf/ttf/${file}`));
  let pages = 1;
  pdf.on('pageAdded', () => pages++);
  for (const line of linesOf(markdown.parse(text, {}))) {
    const shown = within(line, (mostPages - pages) * lettersPerPage);
    draw(pdf, shown);
    if (shown === line) continue;
    pdf.font('italic').fontSize(10).text('The rest is left out: this file has 200 pages at most.');
    break;
  }
  pdf.end();
  return done;
}

/** The line as far as there is room for it, in letters; itself where it fits. */
function within(line: Line, room: number): Line {
  const spans: Span[] = [];
  let left = room;
  for (const span of line.spans) {
    const cost = span.text.length + lettersPerBreak * (span.text.split('\n').length - 1);
    // Which of its letters break the line is not asked at the very end of two hundred pages.
    if (cost > left)
      return { ...line, spans: [...spans, { ...span, text: span.text.slice(0, left / lettersPerBreak) }] };
    left -= cost;
    spans.push(span);
  }
  return left > 0 ? line : { ...line, spans: [] };
}

function draw(pdf: PDFKit.PDFDocument, { kind, size, indent, gap, spans }: Line): void {
  pdf.moveDown(gap);
  if (kind === 'rule') {
    pdf
      .moveTo(margin, pdf.y)
      .lineTo(pdf.page.width - margin, pdf.y)
      .strokeColor('#c9cfd2')
      .stroke()
      .moveDown(0.5);
    return;
  }
  const left = margin + indent;
  const width = pdf.page.width - margin - left;
  const shown = spans.filter(({ text }) => text !== '');
  if (shown.length === 0) return;
  pdf.fontSize(size).fillColor('#1b2024');
  for (const [index, span] of shown.entries()) {
    const options = {
      width,
      continued: index < shown.length - 1,
      lineGap: 2,
      link: span.link,
      underline: span.link !== null,
    };
    pdf.font(span.font);
    if (index === 0) pdf.text(span.text, left, pdf.y, options);
    else pdf.text(span.text, options);
  }
}
