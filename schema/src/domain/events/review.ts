/** What is learned. */
export interface ReviewEvents {
  'incident.reviewStarted': { readonly reviewId: number; readonly isRequired: boolean; readonly dueAt: number | null };
  /** Of sections their names, of the rest its fields. */
  'incident.reviewEdited': { readonly reviewId: number; readonly parts: readonly string[] };
  'incident.reviewSubmitted': { readonly reviewId: number; readonly reviewer: string | null };
  'incident.reviewReturned': { readonly reviewId: number; readonly comment: string };
  'incident.reviewPublished': { readonly reviewId: number };
  'incident.actionItemChanged': {
    readonly actionItemId: number;
    readonly title: string;
    readonly action: 'created' | 'changed' | 'done' | 'reopened' | 'dropped';
    readonly owner: string | null;
    /** Who had it before, where that changed. */
    readonly ownerBefore?: string | null;
    readonly dueOn: string | null;
  };
  'incident.csatAsked': { readonly count: number };
  /** No name: the answer counts, not who gave it. */
  'incident.csatAnswered': { readonly score: number; readonly hasComment: boolean };
}
