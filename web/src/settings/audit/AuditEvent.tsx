import { Ago } from '../../ui/Time.tsx';
import { auditDiff, type Difference } from './auditDiff.ts';
import type { AuditRow } from './auditQueries.ts';

function Side({ text, sign }: { readonly text: string | null; readonly sign: '−' | '+' }) {
  if (text === null) return null;
  const Tag = sign === '−' ? 'del' : 'ins';
  return (
    <Tag className={sign === '−' ? 'audit-old' : 'audit-new'}>
      <span aria-hidden="true">{sign} </span>
      {text}
    </Tag>
  );
}

function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  return (
    <dl className="audit-diff mono">
      {differences.map(({ path, before, after }) => (
        <div key={path} className="audit-place">
          <dt>{path || 'value'}</dt>
          <dd>
            <Side text={before} sign="−" />
            <Side text={after} sign="+" />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function From({ row }: { readonly row: AuditRow }) {
  const ways = [row.address, row.tokenId === null ? null : `token ${row.tokenId}`].filter(Boolean);
  return ways.length > 0 && <span className="muted"> · {ways.join(', ')}</span>;
}

/** One sentence; what changed unfolds below it. */
export function AuditEvent({ row }: { readonly row: AuditRow }) {
  const differences = auditDiff(row.before, row.after);
  const said = (
    <>
      <span className="audit-summary">{row.summary}</span>
      <span className="muted audit-when">
        <Ago at={row.occurredAt} />
        <From row={row} />
      </span>
    </>
  );
  return (
    <li className="audit-row" data-testid="audit-row" data-kind={row.kind}>
      {differences.length === 0 ? (
        <div className="audit-line">{said}</div>
      ) : (
        <details>
          <summary className="audit-line">{said}</summary>
          <Differences differences={differences} />
        </details>
      )}
    </li>
  );
}
