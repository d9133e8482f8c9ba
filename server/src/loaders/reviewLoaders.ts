import type { ActionItem } from '@tocsin/schema/domain/actionItem';
import type { Review, ReviewSection } from '@tocsin/schema/domain/review';
import { itemsOfIncidents } from '@tocsin/schema/postgres/actionItem';
import type { Pool } from '@tocsin/schema/postgres/pool';
import { reviewsOfIncidents, sectionsOf } from '@tocsin/schema/postgres/reviewRow';
import DataLoader from 'dataloader';

export interface ReviewLoaders {
  /** By its incident. */
  readonly review: DataLoader<number, Review | null>;
  readonly reviewSections: DataLoader<number, readonly ReviewSection[]>;
  /** Of an incident. */
  readonly actionItems: DataLoader<number, readonly ActionItem[]>;
}

export function createReviewLoaders(pool: Pool): ReviewLoaders {
  return {
    review: new DataLoader(async (ids) => {
      const reviews = new Map((await reviewsOfIncidents(pool, ids)).map((review) => [review.incidentId, review]));
      return ids.map((id) => reviews.get(id) ?? null);
    }),
    reviewSections: new DataLoader(async (ids) => {
      const sections = await sectionsOf(pool, ids);
      return ids.map((id) => sections.filter(({ reviewId }) => reviewId === id));
    }),
    actionItems: new DataLoader(async (ids) => {
      const items = await itemsOfIncidents(pool, ids);
      return ids.map((id) => items.filter(({ incidentId }) => incidentId === id));
    }),
  };
}
