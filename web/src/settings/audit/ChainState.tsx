import { IconLink } from '@tabler/icons-react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Ago } from '../../ui/Time.tsx';
import { auditHeadQuery } from './auditQueries.ts';

/** The newest seal: whoever notes it elsewhere sees later whether anything before it was rewritten. */
export function ChainState() {
  const { data } = useLiveQuery({ query: auditHeadQuery, variables: {} });
  if (!data) return null;
  const head = data.auditHead;
  if (head === null) {
    return <p className="audit-chain panel">Nothing is sealed yet: the first seal comes within seconds.</p>;
  }
  const open =
    head.unsealedEvents === 0 ? 'all events are sealed' : `${head.unsealedEvents.toLocaleString('en')} not sealed yet`;
  return (
    <div className="audit-chain panel">
      <IconLink size={18} stroke={1.6} aria-hidden="true" className="muted" />
      <div className="audit-chain-text">
        <span>
          Seal {head.number} of {head.day}, <Ago at={head.sealedAt} />: {open}. <code>npm run verify-audit</code> checks
          the whole chain.
        </span>
        <code className="mono muted" title="Note it elsewhere: nothing before it can then be rewritten unseen">
          {head.hash}
        </code>
      </div>
      <CopyButton text={head.hash} label="Copy the seal" />
    </div>
  );
}
