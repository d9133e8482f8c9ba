import { SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { useLiveQuery } from '../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../live/useRefetchOnChanges.ts';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { Failed, NothingYet, SkeletonRows } from '../ui/states.tsx';
import { Ago } from '../ui/Time.tsx';
import { useNow } from '../ui/useNow.ts';
import { parseReviewsSearch, type ReviewList, reviewLists } from './lessonsSearch.ts';
import { type ListedReview, type ReviewFilter, reviewsQuery } from './reviewQueries.ts';
import { ReviewTabs } from './ReviewTabs.tsx';
import './reviews.css';
import { stateWords } from './reviewWords.ts';
import { reviewsRoute } from './route.ts';

const filters: Readonly<Record<ReviewList, ReviewFilter>> = {
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

/** Markdown as one line to skim: without the signs of headings, lists and emphasis. */
function withoutMarks(text: string): string {
  const lines = text
    .split('\n')
    .map((line) =>
      line.replace(/^\s*(?:#{1,6}|[-*+]|\d+\.|>)\s+/, '').replace(/[*`_]{1,3}(\S[^*`_]*)[*`_]{1,3}/g, '$1'),
    );
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' · ');
}

/** What the list says of it: the lessons of what is published, else the summary. */
function gist({ state, sections }: ListedReview): string {
  const textOf = (name: string) => sections.find((section) => section.name === name)?.text.trim() ?? '';
  return withoutMarks((state === 'PUBLISHED' && textOf('LESSONS')) || textOf('SUMMARY')).slice(0, 280);
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
  const { show: which = 'published', text = '' } = reviewsRoute.useSearch({
    select: (raw) => parseReviewsSearch({ ...raw }),
    structuralSharing: true,
  });
  const navigate = reviewsRoute.useNavigate();
  const change = (patch: { readonly show?: ReviewList; readonly text?: string }) =>
    void navigate({ search: (before) => parseReviewsSearch({ ...before, ...patch }), replace: true });
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
          onChange={(value) => {
            const show = reviewLists.find((each) => each === value);
            if (show) change({ show });
          }}
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
          onChange={(event) => change({ text: event.currentTarget.value })}
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
