import { useQuery } from 'urql';
import { sentenceOf } from '../graphql/errors.ts';
import { useSettled } from '../rules/useSettled.ts';
import { SeverityBadge } from '../ui/SeverityBadge.tsx';
import { Ago } from '../ui/Time.tsx';
import { useNow } from '../ui/useNow.ts';
import { counted } from '../ui/words.ts';
import { faultOf, inputOf, type MaintenanceDraft } from './maintenanceDraft.ts';
import { type MaintenanceInput, type MaintenancePreview, previewMaintenanceQuery } from './maintenanceQueries.ts';

const settleMs = 350;
const minuteMs = 60_000;

/** To the minute, so that the same draft stays the same question. */
function questionOf(draft: MaintenanceDraft, at: number): MaintenanceInput | null {
  const now = Math.floor(at / minuteMs) * minuteMs;
  const named = { ...draft, name: draft.name.trim() || 'Draft', comment: '' };
  return faultOf(named, now) === null ? inputOf(named, now) : null;
}

function Matching({ preview }: { readonly preview: MaintenancePreview }) {
  return (
    <>
      <p className="preview-count" data-testid="preview-count">
        <strong>{counted(preview.firingCount, 'alert')}</strong> firing now{' '}
        <span className="muted">and {preview.recentCount.toLocaleString('en')} in the last day</span>
      </p>
      {preview.alerts.length > 0 && (
        <ul className="preview-alerts">
          {preview.alerts.map((alert) => (
            <li key={alert.id}>
              <SeverityBadge severity={alert.severity} isCompact />
              <span className="preview-alert-title">{alert.title}</span>
              <span className="muted">
                {alert.status === 'FIRING' ? 'firing since ' : 'resolved, began '}
                <Ago at={alert.startsAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Occurrences({ preview, draft }: { readonly preview: MaintenancePreview; readonly draft: MaintenanceDraft }) {
  if (!draft.recurrence) return null;
  const date = new Intl.DateTimeFormat(undefined, {
    dateStyle: 'full',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: draft.timeZone,
  });
  const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short', hourCycle: 'h23', timeZone: draft.timeZone });
  return (
    <>
      <h3>Next times</h3>
      {preview.occurrences.length === 0 ? (
        <p className="muted">Never: the rule and the end leave no occurrence.</p>
      ) : (
        <ol className="preview-times">
          {preview.occurrences.map(({ startsAt, endsAt }) => (
            <li key={startsAt}>
              {date.format(Date.parse(startsAt))} – {time.format(Date.parse(endsAt))}
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** What the draft would keep quiet, as it is being written. */
export function PreviewPane({ draft }: { readonly draft: MaintenanceDraft }) {
  const { value: input } = useSettled(questionOf(draft, useNow()), settleMs);
  const [{ data, error }] = useQuery({
    query: previewMaintenanceQuery,
    variables: { input: input ?? inputOf({ ...draft, startsLocal: '', endsLocal: '', match: 'false' }, 0) },
    pause: input === null,
    requestPolicy: 'cache-and-network',
  });
  const preview = data?.previewMaintenance;
  return (
    <section className="maintenance-preview" aria-label="Preview" aria-live="polite">
      <h3>What it keeps quiet</h3>
      {input === null && <p className="muted">Say which alerts and when, and they show here.</p>}
      {input && error && <p className="preview-error">{sentenceOf(error)}</p>}
      {input && !error && preview && (
        <>
          <Matching preview={preview} />
          <Occurrences preview={preview} draft={draft} />
        </>
      )}
    </section>
  );
}
