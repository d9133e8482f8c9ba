import { useState } from 'react';
import { useQuery } from 'urql';
import { sentenceOf } from '../graphql/errors.ts';
import { useSettled } from '../rules/useSettled.ts';
import { counted } from '../ui/words.ts';
import { Agenda } from './Agenda.tsx';
import { inputOf, type ScheduleDraft } from './scheduleDraft.ts';
import { previewScheduleQuery } from './scheduleQueries.ts';
import { Timeline } from './Timeline.tsx';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What the draft makes of the next two weeks, before it is saved. */
export function SchedulePreview({ draft, id }: { readonly draft: ScheduleDraft; readonly id: string | null }) {
  const [from] = useState(() => Math.floor(Date.now() / hourMs) * hourMs);
  // While a name is being typed nothing is asked; a name is not what is previewed.
  const { value: input } = useSettled(inputOf({ ...draft, name: draft.name.trim() || 'Draft' }, id), 300);
  const [{ data, error }] = useQuery({
    query: previewScheduleQuery,
    variables: {
      input,
      from: new Date(from - dayMs).toISOString(),
      to: new Date(from + 15 * dayMs).toISOString(),
    },
  });
  const shifts = data?.previewSchedule ?? [];
  const ahead = shifts.filter(({ endsAt }) => Date.parse(endsAt) > from);
  const gaps = ahead.filter(({ person }) => person === null).length;
  return (
    <section className="panel" aria-label="Preview">
      <header className="oncall-panel-head">
        <h2>The next two weeks</h2>
        <span className={gaps > 0 || error ? 'schedule-gaps' : 'muted'} role="status">
          {error ? sentenceOf(error) : gaps > 0 ? `${counted(gaps, 'gap')}: nobody would be woken` : 'no gap'}
        </span>
      </header>
      <Timeline label="Preview of two weeks" shifts={shifts} timeZone={draft.timeZone} from={from} days={14} />
      <div className="oncall-phone">
        <Agenda label="Preview of the next shifts" shifts={ahead} timeZone={draft.timeZone} most={6} />
      </div>
    </section>
  );
}
