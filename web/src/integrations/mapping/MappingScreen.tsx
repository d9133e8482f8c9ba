import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { Failed, NotFound, SkeletonRows } from '../../ui/states.tsx';
import { useMutate } from '../../ui/useMutate.ts';
import { saveMapping } from '../integrationMutations.ts';
import '../integrations.css';
import { type MappedIntegration, mappingQuery } from '../integrationsQueries.ts';
import { prettyBody } from '../prettyBody.ts';
import { mappingRoute } from '../route.ts';
import { BodyPane } from './BodyPane.tsx';
import { type BodyPath, expressionAt, inserted } from './bodyPath.ts';
import { FieldsPane } from './FieldsPane.tsx';
import { type Draft, draftOf, type MappedField, mappingOf } from './mappedFields.ts';
import './mapping.css';
import { ResultPane } from './ResultPane.tsx';
import { usePreview } from './usePreview.ts';

interface HeadProps {
  readonly integration: MappedIntegration;
  readonly draft: Draft;
}

function Head({ integration: { id, name, mapping }, draft }: HeadProps) {
  const { mutate, isMutating } = useMutate();
  const isChanged = JSON.stringify(mappingOf(draft)) !== JSON.stringify(mappingOf(draftOf(mapping)));
  return (
    <header className="integrations-head">
      <Link to="/integrations" className="muted integrations-back">
        Integrations
      </Link>
      <span className="muted" aria-hidden="true">
        /
      </span>
      <Link to="/integrations/$id" params={{ id }} className="muted integrations-back">
        {name}
      </Link>
      <span className="muted" aria-hidden="true">
        /
      </span>
      <h1 className="screen-title">Mapping</h1>
      <Button
        className="integrations-add"
        loading={isMutating}
        disabled={!isChanged}
        onClick={() => void mutate(saveMapping, { integrationId: id, mapping: mappingOf(draft) }, 'Mapping saved')}
      >
        Save
      </Button>
    </header>
  );
}

function Editor({ integration }: { readonly integration: MappedIntegration }) {
  const { id, recentBodies } = integration;
  const [draft, setDraft] = useState<Draft>(() => draftOf(integration.mapping));
  const [body, setBody] = useState(() => prettyBody(recentBodies[0]?.body ?? ''));
  const [active, setActive] = useState<MappedField>('TITLE');
  const activeRef = useRef<HTMLTextAreaElement>(null);
  const { preview, problem } = usePreview(id, draft, body);

  const write = (field: MappedField, expression: string) => setDraft((before) => ({ ...before, [field]: expression }));
  const pick = (path: BodyPath) => {
    const field = activeRef.current;
    const added = expressionAt(path, active === 'ALERTS' ? '' : draft.ALERTS);
    const { text, cursor } = inserted(draft[active] ?? '', added, field?.selectionStart, field?.selectionEnd);
    write(active, text);
    field?.focus();
    // The cursor goes behind what was written, once that stands in the field.
    requestAnimationFrame(() => field?.setSelectionRange(cursor, cursor));
  };
  return (
    <div className="mapping">
      <Head integration={integration} draft={draft} />
      <div className="mapping-panes">
        <BodyPane
          recent={recentBodies.map((each) => ({ ...each, body: prettyBody(each.body) }))}
          text={body}
          onText={setBody}
          onPick={pick}
        />
        <FieldsPane
          draft={draft}
          errors={preview?.errors ?? []}
          active={active}
          activeRef={activeRef}
          onActive={setActive}
          onChange={write}
        />
        <ResultPane preview={preview} problem={problem} />
      </div>
    </div>
  );
}

/** Where the fields of an alert stand in a body of any shape: body, expressions, result. */
export function MappingScreen() {
  const { id } = mappingRoute.useParams();
  const { data, error, refetch } = useLiveQuery({ query: mappingQuery, variables: { id } });
  const integration = data?.integration;
  if (integration) return <Editor key={integration.id} integration={integration} />;
  if (error) return <Failed error={error} onRetry={refetch} />;
  if (!data) return <SkeletonRows />;
  return (
    <NotFound title="There is no such integration">
      <Link to="/integrations">Go to the integrations</Link>
    </NotFound>
  );
}
