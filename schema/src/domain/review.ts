import type { Why } from './whyTree.js';

export const reviewStates = ['draft', 'in_review', 'published'] as const;
export type ReviewState = (typeof reviewStates)[number];

/** The parts that are prose, in the order of the document. */
export const reviewSectionNames = ['summary', 'impact', 'went_well', 'went_badly', 'lucky', 'lessons'] as const;
export type ReviewSectionName = (typeof reviewSectionNames)[number];

export const sectionTitles: Readonly<Record<ReviewSectionName, string>> = {
  summary: 'Summary',
  impact: 'Impact',
  went_well: 'What went well',
  went_badly: 'What went badly',
  lucky: 'Where we got lucky',
  lessons: 'Lessons',
};

export interface ContributingFactor {
  readonly category: string;
  readonly text: string;
}

export interface ReviewImpact {
  readonly customers: number | null;
  readonly requests: number | null;
  readonly revenue: string | null;
  readonly durationSeconds: number | null;
  readonly text: string | null;
}

/** Picked from the log; it keeps its words, whatever becomes of the event. */
export interface ReviewTimelineEntry {
  /** Epoch milliseconds. */
  readonly occurredAt: number;
  readonly text: string;
  /** The cursor of the event; null for what people wrote. */
  readonly eventId: string | null;
}

/** What was learned from an incident. Times are epoch milliseconds; people are handles. */
export interface Review {
  readonly id: number;
  readonly version: number;
  readonly incidentId: number;
  readonly state: ReviewState;
  readonly title: string;
  readonly author: string | null;
  readonly reviewer: string | null;
  /** The incident is not closed before it is published. */
  readonly isRequired: boolean;
  readonly dueAt: number | null;
  readonly whys: readonly Why[];
  readonly factors: readonly ContributingFactor[];
  readonly impact: ReviewImpact;
  readonly timeline: readonly ReviewTimelineEntry[];
  readonly submittedAt: number | null;
  readonly publishedAt: number | null;
  readonly publishedBy: string | null;
  readonly updatedAt: number;
}

export interface ReviewSection {
  readonly reviewId: number;
  readonly name: ReviewSectionName;
  /** 0: nobody wrote it yet. */
  readonly version: number;
  readonly text: string;
  readonly updatedBy: string | null;
  readonly updatedAt: number | null;
}

export const reviewLimits = {
  title: 300,
  section: 50_000,
  factors: 30,
  timeline: 200,
  text: 2_000,
  short: 80,
} as const;

/** What of a review is edited in one piece; a missing part stays as it is. */
export interface ReviewDetails {
  readonly title?: string;
  readonly authorId?: number | null;
  readonly reviewerId?: number | null;
  readonly dueAt?: number | null;
  readonly whys?: readonly Why[];
  readonly factors?: readonly ContributingFactor[];
  readonly impact?: ReviewImpact;
  readonly timeline?: readonly ReviewTimelineEntry[];
}

/** All parts, also those that nobody wrote yet, in the order of the document. */
export function wholeSections(reviewId: number, written: readonly ReviewSection[]): readonly ReviewSection[] {
  return reviewSectionNames.map(
    (name) =>
      written.find((section) => section.name === name) ?? {
        reviewId,
        name,
        version: 0,
        text: '',
        updatedBy: null,
        updatedAt: null,
      },
  );
}

/** Not published when it was to be. */
export function isReviewOverdue({ state, dueAt }: Pick<Review, 'state' | 'dueAt'>, now: number): boolean {
  return state !== 'published' && dueAt !== null && dueAt < now;
}
