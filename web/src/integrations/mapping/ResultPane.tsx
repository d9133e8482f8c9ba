import type { ReactNode } from 'react';
import { SeverityBadge } from '../../ui/SeverityBadge.tsx';
import { Ago } from '../../ui/Time.tsx';
import type { MappingPreview } from '../integrationsQueries.ts';
import { fieldWords } from './mappedFields.ts';

type MappedAlert = NonNullable<MappingPreview['alert']>;

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="mapping-fact">
      <dt className="muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Alert({ alert }: { readonly alert: MappedAlert }) {
  return (
    <article data-testid="mapped-alert">
      <div className="mapping-badges">
        <SeverityBadge severity={alert.severity} />
        <span>{alert.status === 'FIRING' ? 'Firing' : 'Resolved'}</span>
      </div>
      <h3>{alert.title}</h3>
      {alert.summary && <p className="muted">{alert.summary}</p>}
      <dl>
        <Fact label="Service">{alert.service ?? '–'}</Fact>
        <Fact label="Environment">{alert.environment ?? '–'}</Fact>
        <Fact label="Began">{alert.startsAt ? <Ago at={alert.startsAt} /> : 'when received'}</Fact>
        <Fact label="Identity">
          <span className="mono">{alert.fingerprint}</span>
        </Fact>
      </dl>
      <div className="mapping-labels">
        {alert.labels.map(({ name, value }) => (
          <span key={name} className="chip mono">
            {name}={value}
          </span>
        ))}
      </div>
    </article>
  );
}

interface ResultPaneProps {
  readonly preview: MappingPreview | null;
  readonly problem: string | null;
}

/** What would become of the body, as it is typed. */
export function ResultPane({ preview, problem }: ResultPaneProps) {
  return (
    <section className="panel mapping-pane" aria-label="Result">
      <div className="mapping-pane-head">
        <h2 className="panel-title">Result</h2>
      </div>
      <div className="mapping-pane-body" aria-live="polite">
        {problem && <p className="mapping-problem">{problem}</p>}
        {preview && preview.errors.length > 0 && (
          <ul className="mapping-problems" data-testid="mapping-errors">
            {preview.errors.map(({ field, message }) => (
              <li key={`${field}${message}`}>
                <b>{fieldWords[field].label}</b>: {message}
              </li>
            ))}
          </ul>
        )}
        {preview?.alert && <Alert alert={preview.alert} />}
        {!preview && !problem && <p className="muted mapping-hint">With a body the alert appears here.</p>}
      </div>
    </section>
  );
}
