import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { client } from '../../graphql/client.ts';
import { codeOf, sentenceOf } from '../../graphql/errors.ts';
import { saveDetails } from '../../reviews/reviewMutations.ts';
import { incidentReviewQuery, type Review, type ReviewDetails } from '../../reviews/reviewQueries.ts';

type Field = 'whys' | 'factors' | 'impact' | 'timeline';

interface Options<F extends Field> {
  readonly incidentId: string;
  readonly review: Review;
  readonly field: F;
  /** What is sent: the fields of the input and no others. */
  readonly inputOf: (value: Review[F]) => ReviewDetails;
  readonly onSaved: () => void;
}

export interface DetailsDraft<F extends Field> {
  /** Null while nothing is being edited. */
  readonly draft: Review[F] | null;
  /** What somebody else saved meanwhile; both are shown. */
  readonly theirs: Review[F] | null;
  readonly isSaving: boolean;
  readonly edit: (value: Review[F]) => void;
  readonly cancel: () => void;
  readonly takeTheirs: () => void;
  readonly save: () => Promise<void>;
}

const attempts = 3;

/**
 * One part of a review while it is edited. Who saved another part meanwhile is not in the way: it is saved again on top. Who
 * saved the same part is shown beside one's own, and nothing of either is lost.
 */
export function useDetailsDraft<F extends Field>({
  incidentId,
  review,
  field,
  inputOf,
  onSaved,
}: Options<F>): DetailsDraft<F> {
  const [state, setState] = useState<{ readonly draft: Review[F]; readonly base: Review[F] } | null>(null);
  const [theirs, setTheirs] = useState<Review[F] | null>(null);
  const [isSaving, setSaving] = useState(false);
  const close = () => {
    setState(null);
    setTheirs(null);
  };
  const latest = async (): Promise<Review | null> => {
    const answer = await client
      .query(incidentReviewQuery, { id: incidentId }, { requestPolicy: 'network-only' })
      .toPromise();
    return answer.data?.incident?.review ?? null;
  };
  const attempt = async (draft: Review[F], base: Review[F], version: number, left: number): Promise<void> => {
    const variables = { id: review.id, input: inputOf(draft), expectedVersion: version };
    const { error } = await client.mutation(saveDetails, variables).toPromise();
    if (!error) {
      close();
      onSaved();
      return;
    }
    const now = codeOf(error) === 'CONFLICT' && left > 0 ? await latest() : null;
    if (now === null) {
      notifications.show({ color: 'red', title: 'Not saved', message: sentenceOf(error), role: 'alert' });
    } else if (same(inputOf(now[field]), inputOf(base))) {
      await attempt(draft, base, now.version, left - 1);
    } else {
      setTheirs(now[field]);
      setState({ draft, base: now[field] });
    }
  };
  return {
    draft: state?.draft ?? null,
    theirs,
    isSaving,
    edit: (draft) => setState((before) => ({ draft, base: before?.base ?? review[field] })),
    cancel: close,
    takeTheirs: () => {
      close();
      onSaved();
    },
    save: async () => {
      if (state === null) return;
      setSaving(true);
      await attempt(state.draft, state.base, review.version, attempts);
      setSaving(false);
    },
  };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
