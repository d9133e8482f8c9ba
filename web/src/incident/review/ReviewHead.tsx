import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { PersonSelect } from '../../reviews/PersonSelect.tsx';
import { publishReview, returnReview, saveDetails, submitReview } from '../../reviews/reviewMutations.ts';
import type { Review } from '../../reviews/reviewQueries.ts';
import { stateWords } from '../../reviews/reviewWords.ts';
import { useMay, useViewer } from '../../session/viewer.ts';
import { useAct } from '../../ui/useAct.ts';
import { useNow } from '../../ui/useNow.ts';

interface ReviewHeadProps {
  readonly review: Review;
  readonly number: number;
  readonly onChanged: () => void;
}

const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

function ReturnDialog({
  review,
  isOpen,
  onClose,
  onChanged,
}: Omit<ReviewHeadProps, 'number'> & { readonly isOpen: boolean; readonly onClose: () => void }) {
  const [comment, setComment] = useState('');
  const { act, isActing } = useAct();
  const send = async () => {
    if (!(await act(returnReview, { id: review.id, comment }, 'Returned'))) return;
    onChanged();
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={onClose} title="Return the review">
      <Textarea
        label="What is missing?"
        description="Its author is told."
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        maxLength={2_000}
        autosize
        minRows={3}
        data-autofocus
      />
      <Group justify="flex-end" mt="md">
        <Button onClick={() => void send()} loading={isActing} disabled={comment.trim() === ''}>
          Return it
        </Button>
      </Group>
    </Modal>
  );
}

function Steps({ review, onChanged }: Omit<ReviewHeadProps, 'number'>) {
  const { act, isActing } = useAct();
  const may = useMay();
  const { person } = useViewer();
  const [isReturning, setReturning] = useState(false);
  const step = { id: review.id, expectedVersion: review.version };
  const isReviewer = may('Mutation.publishReview') || review.reviewer?.id === person.id;
  const isAuthor = review.author?.id === person.id;
  const run = async (done: Promise<unknown>) => {
    if (await done) onChanged();
  };
  if (review.state === 'DRAFT') {
    const hasSummary = review.sections.some(({ name, text }) => name === 'SUMMARY' && text.trim() !== '');
    return (
      <Group gap="xs">
        {!hasSummary && <span className="muted review-hint">Write the summary to submit it.</span>}
        <Button
          loading={isActing}
          disabled={!hasSummary}
          onClick={() => void run(act(submitReview, step, 'Submitted for review'))}
        >
          Submit for review
        </Button>
      </Group>
    );
  }
  if (review.state !== 'IN_REVIEW' || !isReviewer) return null;
  return (
    <Group gap="xs">
      {isAuthor && <span className="muted review-hint">Somebody other than its author publishes it.</span>}
      <Button variant="default" onClick={() => setReturning(true)} disabled={isActing}>
        Return
      </Button>
      <Button loading={isActing} onClick={() => void run(act(publishReview, step, 'Published'))}>
        Publish
      </Button>
      <ReturnDialog review={review} isOpen={isReturning} onClose={() => setReturning(false)} onChanged={onChanged} />
    </Group>
  );
}

function Due({ review }: { readonly review: Review }) {
  const now = useNow();
  if (review.publishedAt !== null) {
    return (
      <span className="muted">
        on {date.format(Date.parse(review.publishedAt))} by {review.publishedBy}
      </span>
    );
  }
  if (review.dueAt === null) return null;
  const isOverdue = Date.parse(review.dueAt) < now;
  const words = date.format(Date.parse(review.dueAt));
  return (
    <span className={isOverdue ? 'item-overdue' : 'muted'}>
      {isOverdue ? `Overdue since ${words}` : `Due ${words}`}
    </span>
  );
}

/** Where the review stands, who writes and who reads it, and the next step. */
export function ReviewHead({ review, number, onChanged }: ReviewHeadProps) {
  const { act, isActing } = useAct();
  const may = useMay();
  const isOpen = review.state !== 'PUBLISHED';
  const name = async (input: { readonly authorId?: string | null; readonly reviewerId?: string | null }) => {
    if (await act(saveDetails, { id: review.id, input, expectedVersion: review.version })) onChanged();
  };
  return (
    <header className="review-head">
      <p className="review-state">
        <span className="chip">{stateWords[review.state]}</span>
        {review.isRequired && isOpen && <span className="chip">Required before closing</span>}
        <Due review={review} />
        <span className="review-files">
          <a href={`/export/incidents/${number}.md`} download>
            Markdown
          </a>
          <a href={`/export/incidents/${number}.pdf`} download>
            PDF
          </a>
        </span>
      </p>
      <div className="review-people">
        <PersonSelect
          label="Author"
          value={review.author?.id ?? null}
          onChange={(authorId) => void name({ authorId })}
          disabled={!isOpen || isActing || !may('Mutation.saveReviewDetails')}
        />
        <PersonSelect
          label="Reviewer"
          value={review.reviewer?.id ?? null}
          onChange={(reviewerId) => void name({ reviewerId })}
          disabled={!isOpen || isActing || !may('Mutation.saveReviewDetails')}
        />
        <Steps review={review} onChanged={onChanged} />
      </div>
    </header>
  );
}
