import { NativeSelect, SegmentedControl, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../../ui/useNow.ts';
import { relativeTo } from '../../ui/duration.ts';
import type { MappedIntegration } from '../integrationsQueries.ts';
import { prettyBody } from '../prettyBody.ts';
import type { BodyPath } from './bodyPath.ts';
import { JsonTree } from './JsonTree.tsx';

interface BodyPaneProps {
  readonly recent: MappedIntegration['recentBodies'];
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onPick: (path: BodyPath) => void;
}

const top: BodyPath = [];

type Parsed = { readonly isJson: true; readonly value: unknown } | { readonly isJson: false };

function parsed(text: string): Parsed {
  try {
    return { isJson: true, value: JSON.parse(text) };
  } catch {
    return { isJson: false };
  }
}

function Recent({ recent, text, onText }: Omit<BodyPaneProps, 'onPick'>) {
  const chosen = recent.findIndex(({ body }) => body === text);
  const ages = useWords((now) => recent.map(({ receivedAt }) => relativeTo(Date.parse(receivedAt), now)).join('|'));
  return (
    <NativeSelect
      size="xs"
      aria-label="Which body"
      value={String(chosen)}
      onChange={(event) => onText(recent[Number(event.currentTarget.value)]?.body ?? text)}
      data={[
        ...ages.split('|').map((age, index) => ({ value: String(index), label: `received ${age}` })),
        ...(chosen === -1 ? [{ value: '-1', label: 'pasted' }] : []),
      ]}
    />
  );
}

/** A body to map against: one of those received last, or a pasted one; a click on a value takes it over. */
export function BodyPane({ recent, text, onText, onPick }: BodyPaneProps) {
  const [view, setView] = useState(text === '' ? 'paste' : 'pick');
  const json = parsed(text);
  return (
    <section className="panel mapping-pane" aria-label="Body">
      <div className="mapping-pane-head">
        <h2 className="panel-title">Body</h2>
        {recent.length > 0 && <Recent recent={recent} text={text} onText={onText} />}
        <SegmentedControl
          size="xs"
          aria-label="Pick values or paste a body"
          value={view}
          onChange={setView}
          data={[
            { value: 'pick', label: 'Pick' },
            { value: 'paste', label: 'Paste' },
          ]}
        />
      </div>
      <div className="mapping-pane-body">
        {view === 'paste' && (
          <Textarea
            aria-label="Body as JSON"
            placeholder='{"check": {"name": "Disk is full"}, "state": "CRITICAL"}'
            classNames={{ input: 'mono' }}
            value={text}
            onChange={(event) => onText(event.currentTarget.value)}
            onBlur={() => onText(prettyBody(text))}
            error={text !== '' && !json.isJson ? 'This is no JSON yet.' : undefined}
            autosize
            minRows={12}
            maxRows={40}
            spellCheck={false}
          />
        )}
        {view === 'pick' && json.isJson && (
          <>
            <p className="muted mapping-hint">A click on a name or a value writes its path into the field at hand.</p>
            <div className="json-tree mono">
              <JsonTree value={json.value} path={top} onPick={onPick} />
            </div>
          </>
        )}
        {view === 'pick' && !json.isJson && (
          <p className="muted mapping-hint">
            {recent.length === 0 ? 'Nothing has been received yet: paste a body to begin with.' : 'This is no JSON.'}
          </p>
        )}
      </div>
    </section>
  );
}
