import { SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../live/useRefetchOnChanges.ts';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import { Ago } from '../ui/Time.tsx';
import { useNow } from '../ui/useNow.ts';
import { type ListedReview, type ReviewFilter, reviewsQuery } from './reviewQueries.ts';
import { ReviewTabs } from './ReviewTabs.tsx';
import './reviews.css';
import { stateWords } from './reviewWords.ts';

type Which = 'published' | 'underWay' | 'overdue';
const isWhich = (value: string): value is Which => value in filters;

const filters: Readonly<Record<Which, ReviewFilter>> = {
  published: { states: ['PUBLISHED'] },
  underWay: { states: ['DRAFT', 'IN_REVIEW'] },
  overdue: { isOverdue: true },
};

const emptyWords = {
  published: ['Nothing has been published yet', 'What was learned from incidents is found here, by any of its words.'],
  underWay: [
    'No review is under way',
    'A review is started on the page of its incident, or by itself where one is required.',
  ],
  overdue: ['No review is overdue', 'Reviews that were to be published by now stand here.'],
} as const;

/** What the list says of it: the lessons of what is published, else the summary. */
function gist({ state, sections }: ListedReview): string {
  const textOf = (name: string) => sections.find((section) => section.name === name)?.text.trim() ?? '';
  return ((state === 'PUBLISHED' && textOf('LESSONS')) || textOf('SUMMARY')).slice(0, 280);
}

function When({ review }: { readonly review: ListedReview }) {
  const now = useNow();
  if (review.publishedAt !== null) {
    return (
      <span className="muted">
        published <Ago at={review.publishedAt} />
      </span>
    );
  }
  if (review.dueAt === null) return null;
  const isOverdue = Date.parse(review.dueAt) < now;
  const words = new Date(review.dueAt).toLocaleDateString(undefined, { dateStyle: 'medium' });
  return (
    <span className={isOverdue ? 'item-overdue' : 'muted'}>
      {isOverdue ? `overdue since ${words}` : `due ${words}`}
    </span>
  );
}

function ReviewRow({ review }: { readonly review: ListedReview }) {
  const { incident, actionItems } = review;
  const open = actionItems.filter(({ state }) => state === 'OPEN' || state === 'IN_PROGRESS').length;
  const text = gist(review);
  return (
    <li className="review-row" data-testid="review">
      <Link to="/incidents/$number" params={{ number: String(incident.number) }} className="row-link">
        {review.title}
      </Link>
      {text && <p className="review-gist">{text}</p>}
      <p className="item-facts">
        <SeverityBadge severity={incident.severity} />
        <span className="chip">{stateWords[review.state]}</span>
        {review.isRequired && review.state !== 'PUBLISHED' && <span className="chip">Required</span>}
        <When review={review} />
        <span className="muted">{review.author ? `by ${review.author.name}` : 'nobody writes it yet'}</span>
        {actionItems.length > 0 && (
          <span className="muted">
            {open === 0 ? 'all items ended' : `${open} of ${actionItems.length} items open`}
          </span>
        )}
        {incident.services.slice(0, 3).map((service) => (
          <span key={service} className="muted mono">
            {service}
          </span>
        ))}
      </p>
    </li>
  );
}

/** What was learned, found by its words; and what is still to be written. */
export function ReviewsScreen() {
  const [which, setWhich] = useState<Which>('published');
  const [text, setText] = useState('');
  const searched = useDeferredValue(text.trim());
  const filter = { ...filters[which], ...(searched !== '' && { text: searched }) };
  const { data, error, refetch } = useLiveQuery({ query: reviewsQuery, variables: { filter, after: null } });
  useRefetchOnChanges(refetch);
  const reviews = data?.reviews.nodes;
  const [emptyTitle, emptyText] =
    searched === '' ? emptyWords[which] : [`Nothing with “${searched}”`, 'Try fewer words.'];
  return (
    <div className="reviews">
      <ReviewTabs at="reviews" />
      <div className="reviews-filters">
        <SegmentedControl
          aria-label="Which reviews"
          value={which}
          onChange={(value) => isWhich(value) && setWhich(value)}
          data={[
            { value: 'published', label: 'Published' },
            { value: 'underWay', label: 'Under way' },
            { value: 'overdue', label: 'Overdue' },
          ]}
        />
        <TextInput
          className="reviews-search"
          aria-label="Search reviews"
          placeholder="Search what was learned"
          leftSection={<IconSearch size={16} stroke={1.7} aria-hidden="true" />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={200}
        />
      </div>
      {!reviews && (error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows height={84} />)}
      {reviews?.length === 0 && <NothingYet title={emptyTitle}>{emptyText}</NothingYet>}
      {reviews && reviews.length > 0 && (
        <ul className="panel items">
          {reviews.map((review) => (
            <ReviewRow key={review.id} review={review} />
          ))}
        </ul>
      )}
      {data?.reviews.pageInfo.hasNextPage && (
        <p className="muted">Only the newest 50 are shown: search for the others.</p>
      )}
    </div>
  );
}
