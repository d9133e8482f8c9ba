import type { CSSProperties } from 'react';
import { ownZone } from '../maintenance/zonedTime.ts';
import { useNow } from '../ui/useNow.ts';
import type { ShiftRow } from './onCallQueries.ts';
import './timeline.css';
import { initialsOf } from '../ui/people.ts';
import { tonesOf } from './tone.ts';
import { clocksAgree, dayIn, daysFrom, isWeekendIn, placeOf, whenIn } from './zoned.ts';

interface TimelineProps {
  readonly label: string;
  readonly shifts: readonly ShiftRow[];
  readonly timeZone: string;
  /** Epoch milliseconds; its whole local day is shown. */
  readonly from: number;
  readonly days: number;
  /** Asked to plan something over a shift. */
  readonly onPick?: ((shift: ShiftRow) => void) | undefined;
}

interface Lane {
  readonly title: string;
  readonly shifts: readonly ShiftRow[];
}

/** Who it is at last on top, and below by what: a lane for each layer that counts, and one for overrides. */
function lanesOf(shifts: readonly ShiftRow[]): readonly Lane[] {
  const layers = [...new Set(shifts.flatMap(({ layer }) => layer ?? []))].toSorted();
  const overrides = shifts.filter(({ override }) => override !== null);
  const below = layers.map((title) => ({ title, shifts: shifts.filter(({ layer }) => layer === title) }));
  if (below.length + (overrides.length > 0 ? 1 : 0) < 2) return [{ title: 'On call', shifts }];
  return [
    { title: 'On call', shifts },
    ...(overrides.length > 0 ? [{ title: 'Overrides', shifts: overrides }] : []),
    ...below,
  ];
}

interface BlockProps extends Pick<TimelineProps, 'timeZone' | 'onPick'> {
  readonly shift: ShiftRow;
  readonly tone: number;
  readonly start: number;
  readonly end: number;
}

function Block({ shift, tone, start, end, timeZone, onPick }: BlockProps) {
  const from = Math.max(start, Date.parse(shift.startsAt));
  const until = Math.min(end, Date.parse(shift.endsAt));
  if (from >= until) return null;
  const share = (at: number) => `${((at - start) / (end - start)) * 100}%`;
  const who = shift.person?.name ?? 'Nobody';
  const words = `${who}, ${whenIn(timeZone, shift.startsAt)} to ${whenIn(timeZone, shift.endsAt)} in ${placeOf(timeZone)}`;
  const isElsewhere = !clocksAgree(timeZone, ownZone, shift.startsAt);
  const yours = isElsewhere
    ? `\nYour time: ${whenIn(ownZone, shift.startsAt)} to ${whenIn(ownZone, shift.endsAt)}`
    : '';
  const style: CSSProperties & Record<'--tone', number> = {
    left: share(from),
    width: `calc(${share(start + until - from)} - 2px)`,
    '--tone': tone,
  };
  return (
    <button
      type="button"
      className="oncall-block"
      data-gap={shift.person === null || undefined}
      data-override={shift.override !== null || undefined}
      style={style}
      title={`${words}${shift.override ? ' (override)' : ''}${yours}`}
      aria-label={onPick ? `${words}. Override` : words}
      onClick={() => onPick?.(shift)}
      tabIndex={onPick ? 0 : -1}
    >
      <span className="oncall-block-name">{who}</span>
      <span className="oncall-block-short" aria-hidden="true">
        {shift.person ? initialsOf(who) : '!'}
      </span>
    </button>
  );
}

/** Shifts over days by the clocks of one zone. Beside it, or on a phone in its place, stands the same as a list. */
export function Timeline({ label, shifts, timeZone, from, days, onPick }: TimelineProps) {
  const now = useNow('slow');
  const tones = tonesOf(shifts.flatMap(({ person }) => person?.handle ?? []));
  const midnights = daysFrom(timeZone, from, days + 1);
  const start = midnights[0] ?? from;
  const end = midnights.at(-1) ?? from;
  const share = (at: number) => `${((at - start) / (end - start)) * 100}%`;
  return (
    <div className="oncall-timeline" role="group" aria-label={label}>
      <div className="oncall-days" aria-hidden="true">
        {midnights.slice(0, -1).map((midnight) => (
          <span
            key={midnight}
            data-weekend={isWeekendIn(timeZone, midnight) || undefined}
            style={{ left: share(midnight), width: `${100 / days}%` }}
          >
            {dayIn(timeZone, midnight)}
          </span>
        ))}
      </div>
      {lanesOf(shifts).map((lane, index) => (
        <div key={lane.title} className="oncall-lane" data-main={index === 0 || undefined}>
          <span className="oncall-lane-title">{lane.title}</span>
          <div className="oncall-track">
            {midnights.slice(1, -1).map((midnight) => (
              <i key={midnight} style={{ left: share(midnight) }} />
            ))}
            {lane.shifts.map((shift) => (
              <Block
                key={shift.startsAt}
                shift={shift}
                tone={tones.get(shift.person?.handle ?? '') ?? 0}
                start={start}
                end={end}
                timeZone={timeZone}
                onPick={index === 0 ? onPick : undefined}
              />
            ))}
            {now > start && now < end && <b className="oncall-now" style={{ left: share(now) }} />}
          </div>
        </div>
      ))}
    </div>
  );
}
