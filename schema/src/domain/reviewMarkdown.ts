import type { ActionItem } from './actionItem.js';
import { type Incident, incidentReference } from './incident.js';
import { type Review, type ReviewSection, sectionTitles, type ReviewSectionName, wholeSections } from './review.js';
import { whyRows } from './whyTree.js';

export interface ReviewDocument {
  readonly incident: Incident;
  readonly review: Review;
  readonly sections: readonly ReviewSection[];
  readonly actionItems: readonly ActionItem[];
  /** Handle → name. */
  readonly names: ReadonlyMap<string, string>;
}

/** The whole review as Markdown. What people wrote as prose stays as they wrote it; everything else is said as text. */
export function reviewMarkdown({ incident, review, sections, actionItems, names }: ReviewDocument): string {
  const nameOf = (handle: string | null): string => (handle === null ? 'nobody yet' : (names.get(handle) ?? handle));
  const written = wholeSections(review.id, sections);
  const prose = (name: ReviewSectionName): readonly string[] => {
    const text = written.find((section) => section.name === name)?.text.trim() ?? '';
    return text === '' ? [] : [`## ${sectionTitles[name]}`, belowHeading(text)];
  };
  const blocks = [
    `# ${plain(review.title)}`,
    [
      fact('Incident', `${incidentReference(incident.id)} ${plain(incident.title)}`),
      fact('Severity', incident.severity),
      ...(incident.services.length > 0 ? [fact('Services', incident.services.map(plain).join(', '))] : []),
      fact('Impact began', timeOf(incident.impactStartedAt)),
      ...(incident.resolvedAt === null ? [] : [fact('Resolved', timeOf(incident.resolvedAt))]),
      fact('Author', plain(nameOf(review.author))),
      fact('Reviewer', plain(nameOf(review.reviewer))),
      fact('State', stateOf(review, nameOf)),
    ].join('\n'),
    ...prose('summary'),
    ...prose('impact'),
    ...impactBlocks(review),
    ...(review.timeline.length === 0
      ? []
      : [
          '## Timeline',
          review.timeline.map(({ occurredAt, text }) => `- ${timeOf(occurredAt)} ${plain(text)}`).join('\n'),
        ]),
    ...(review.factors.length === 0
      ? []
      : [
          '## Contributing factors',
          review.factors.map(({ category, text }) => `- **${plain(category)}**: ${plain(text)}`).join('\n'),
        ]),
    ...whyBlocks(review),
    ...(['went_well', 'went_badly', 'lucky', 'lessons'] as const).flatMap(prose),
    ...(actionItems.length === 0
      ? []
      : ['## Action items', actionItems.map((item) => itemLine(item, nameOf)).join('\n')]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function fact(name: string, value: string): string {
  return `- ${name}: ${value}`;
}

function stateOf(review: Review, nameOf: (handle: string | null) => string): string {
  if (review.publishedAt === null) return review.state === 'in_review' ? 'in review' : 'draft';
  return `published ${timeOf(review.publishedAt)} by ${plain(nameOf(review.publishedBy))}`;
}

function impactBlocks({ impact }: Review): readonly string[] {
  const { customers, requests, revenue, durationSeconds, text } = impact;
  const lines = [
    ...(durationSeconds === null ? [] : [fact('Lasted', `${Math.round(durationSeconds / 60)} min`)]),
    ...(customers === null ? [] : [fact('Customers', String(customers))]),
    ...(requests === null ? [] : [fact('Failed requests', String(requests))]),
    ...(revenue === null ? [] : [fact('Revenue', plain(revenue))]),
    ...(text === null ? [] : [fact('In words', plain(text))]),
  ];
  return lines.length === 0 ? [] : ['## Impact in numbers', lines.join('\n')];
}

function whyBlocks({ whys }: Review): readonly string[] {
  const rows = whyRows(whys);
  if (rows.length === 0) return [];
  const lines = rows.map(
    ({ depth, question, answer }) =>
      `${'  '.repeat(depth - 1)}- ${plain(question === '' ? 'Why?' : question)} **${plain(answer === '' ? 'not answered' : answer)}**`,
  );
  return ['## 5 Whys', lines.join('\n')];
}

function itemLine(item: ActionItem, nameOf: (handle: string | null) => string): string {
  const isOver = item.state === 'done' || item.state === 'dropped';
  const facts = [
    plain(nameOf(item.owner)),
    item.state.replace('_', ' '),
    ...(item.dueOn === null ? [] : [`due ${item.dueOn}`]),
  ];
  const ticket = item.ticketUrl === null ? '' : ` <${item.ticketUrl.replace(/[<>\s]/g, encodeURIComponent)}>`;
  return `- [${isOver ? 'x' : ' '}] ${plain(item.title)} (${facts.join(', ')})${ticket}`;
}

/** "2026-03-01 10:00 UTC" */
function timeOf(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** One line that no sign of Markdown or HTML makes into anything else. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#|~]/g, '\\$&');
}

/** Headings of a part stand below its own. */
function belowHeading(text: string): string {
  return text.replace(/^(#{1,4})(?=\s)/gm, '##$1');
}
