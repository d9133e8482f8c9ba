import { Button } from '@mantine/core';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { startReview } from '../../reviews/reviewMutations.ts';
import { incidentReviewQuery, type Review } from '../../reviews/reviewQueries.ts';
import '../../reviews/reviews.css';
import { useMay } from '../../session/viewer.ts';
import { Failed, NothingYet, SkeletonRows } from '../../ui/states.tsx';
import { useAct } from '../../ui/useAct.ts';
import type { IncidentPanelProps } from '../panels.ts';
import { FactorsPart } from './FactorsPart.tsx';
import { ImpactPart } from './ImpactPart.tsx';
import { ItemsPart } from './ItemsPart.tsx';
import './review.css';
import { ReviewHead } from './ReviewHead.tsx';
import { SectionPart } from './SectionPart.tsx';
import { TimelinePart } from './TimelinePart.tsx';
import { WhysPart } from './WhysPart.tsx';

interface StartProps {
  readonly incident: { readonly id: string; readonly reviewIsRequired: boolean };
  readonly onStarted: () => void;
}

function Start({ incident, onStarted }: StartProps) {
  const { act, isActing } = useAct();
  const may = useMay();
  const start = async () => {
    if (await act(startReview, { incidentId: incident.id }, 'Review started')) onStarted();
  };
  return (
    <NothingYet title={incident.reviewIsRequired ? 'A review is required' : 'There is no review yet'}>
      {incident.reviewIsRequired
        ? 'It is started by itself when the incident is resolved, and has to be published before the incident is closed.'
        : 'What happened, why, and what is done so that it does not happen again.'}
      {may('Mutation.startReview') && (
        <Button onClick={() => void start()} loading={isActing} className="review-start">
          Start the review
        </Button>
      )}
    </NothingYet>
  );
}

interface DocumentProps {
  readonly incident: { readonly id: string; readonly number: number };
  readonly review: Review;
  readonly refetch: () => void;
}

/** The document in the order in which it is read. */
function Document({ incident, review, refetch }: DocumentProps) {
  const may = useMay();
  const isEditable = review.state !== 'PUBLISHED' && may('Mutation.saveReviewSection');
  const details = { incidentId: incident.id, review, isEditable, onSaved: refetch };
  const section = (name: Review['sections'][number]['name']) =>
    review.sections
      .filter((each) => each.name === name)
      .map((each) => (
        <SectionPart key={name} reviewId={review.id} section={each} isEditable={isEditable} onSaved={refetch} />
      ));
  return (
    <article className="panel review" aria-label="Review">
      <ReviewHead review={review} number={incident.number} onChanged={refetch} />
      {section('SUMMARY')}
      {section('IMPACT')}
      <ImpactPart {...details} />
      <TimelinePart {...details} />
      <FactorsPart {...details} />
      <WhysPart {...details} />
      {section('WENT_WELL')}
      {section('WENT_BADLY')}
      {section('LUCKY')}
      {section('LESSONS')}
      <ItemsPart incidentId={incident.id} />
    </article>
  );
}

/** The incident's review: written by several, read by one, then by everybody. */
export function ReviewPanel({ incidentId }: IncidentPanelProps) {
  const { data, error, refetch } = useLiveQuery({ query: incidentReviewQuery, variables: { id: incidentId } });
  useRefetchOnChanges(refetch, { incidentId });
  const incident = data?.incident;
  if (!incident) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows />;
  if (!incident.review) return <Start incident={incident} onStarted={refetch} />;
  return <Document incident={incident} review={incident.review} refetch={refetch} />;
}
