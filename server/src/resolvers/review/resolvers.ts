import { ActionItemsResolver } from './actionItems.js';
import { IncidentReviewResolver, SimilarFieldsResolver } from './incidentReview.js';
import { ReviewFieldsResolver, ReviewsResolver } from './reviews.js';

/** Reviews, action items, similar incidents, satisfaction. */
export const reviewResolvers = [
  ReviewsResolver,
  ReviewFieldsResolver,
  ActionItemsResolver,
  IncidentReviewResolver,
  SimilarFieldsResolver,
] as const;
