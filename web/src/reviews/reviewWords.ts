import type { ActionItemKind, ActionItemState, Review, ReviewSection } from './reviewQueries.ts';

export const stateWords: Readonly<Record<Review['state'], string>> = {
  DRAFT: 'Draft',
  IN_REVIEW: 'In review',
  PUBLISHED: 'Published',
};

export const sectionWords: Readonly<Record<ReviewSection['name'], readonly [title: string, hint: string]>> = {
  SUMMARY: ['Summary', 'What happened, in three sentences that somebody outside the team understands.'],
  IMPACT: ['Impact', 'Who noticed, what they could not do, and for how long.'],
  WENT_WELL: ['What went well', 'What to keep.'],
  WENT_BADLY: ['What went badly', 'What cost time, without blame.'],
  LUCKY: ['Where we got lucky', 'What would have made it worse.'],
  LESSONS: ['Lessons', 'Shown on similar incidents from their first minute: what helps?'],
};

export const itemStateWords: Readonly<Record<ActionItemState, string>> = {
  OPEN: 'Open',
  IN_PROGRESS: 'In progress',
  DONE: 'Done',
  DROPPED: 'Dropped',
};

export const itemKindWords: Readonly<Record<ActionItemKind, string>> = {
  PREVENT: 'Prevent',
  DETECT: 'Detect',
  MITIGATE: 'Mitigate',
  PROCESS: 'Process',
};

/** "12 days". */
export function daysWord(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
