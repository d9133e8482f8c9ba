import { IconRocket } from '@tabler/icons-react';
import { humanDuration } from '../ui/duration.ts';
import { Clock } from '../ui/Time.tsx';
import { ChangeLinks } from './ChangeLinks.tsx';
import type { IncidentChange } from './incidentQuery.ts';

/** "14 min before the impact". */
function whenOf(seconds: number): string {
  if (seconds === 0) return 'as the impact began';
  return `${humanDuration(Math.abs(seconds))} ${seconds > 0 ? 'before' : 'after'} the impact began`;
}

function Change({ item: { change, secondsBeforeImpact, reason } }: { readonly item: IncidentChange }) {
  return (
    <li className="change" data-testid="change">
      <span className="change-sign">
        <IconRocket size={14} stroke={1.8} aria-hidden="true" />
      </span>
      <div>
        <strong>{change.title}</strong>
        <p className="muted">
          <b className="change-when">{whenOf(secondsBeforeImpact)}</b> · {reason}
        </p>
        <p className="change-links">
          {change.details.slice(0, 6).map(({ name, value }) => (
            <span key={name} className="chip mono">
              {name}={value}
            </span>
          ))}
          <ChangeLinks links={change.links} />
        </p>
      </div>
      <span className="muted">
        <Clock at={change.occurredAt} />
      </span>
    </li>
  );
}

/** Deploys and other changes around the start, the likeliest cause first. */
export function ChangesPanel({ changes }: { readonly changes: readonly IncidentChange[] }) {
  if (changes.length === 0) return null;
  return (
    <section className="panel" aria-label="Recent changes">
      <div className="panel-head">
        <h2 className="panel-title">
          Recent changes <span className="muted">the likeliest cause first</span>
        </h2>
      </div>
      <ul className="changes">
        {changes.map((item) => (
          <Change key={item.change.id} item={item} />
        ))}
      </ul>
    </section>
  );
}
