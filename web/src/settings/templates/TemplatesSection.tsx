import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useMay } from '../../session/viewer.ts';
import { Failed, SkeletonRows } from '../../ui/states.tsx';
import { TemplateForm } from './TemplateForm.tsx';
import { type TemplateRow, templatesQuery } from './templateQueries.ts';
import '../channels/channels.css';
import './templates.css';

const names: Readonly<Record<string, string>> = {
  'incident.paged': 'Somebody is asked to look',
  'incident.update': 'Something happened to an incident',
};

function TemplateItem({ template, onEdit }: { readonly template: TemplateRow; readonly onEdit: (() => void) | null }) {
  const name = names[template.key] ?? template.key;
  return (
    <li className="settings-row channel-row" data-testid="template-row">
      <div className="settings-row-main">
        <strong>{name}</strong>
        <span className="muted mono template-title">{template.title}</span>
        <span className="muted">
          {template.kind === 'stakeholder' ? 'offered when an update is written' : 'messages to people and channels'}
          {template.isBuiltIn && ' · built in'}
          {template.type !== null && ` · only ${template.type}`}
        </span>
      </div>
      {onEdit && (
        <Button size="xs" variant="default" aria-label={`Edit ${name}`} onClick={onEdit}>
          Edit
        </Button>
      )}
    </li>
  );
}

/** What messages say. */
export function TemplatesSection() {
  const [edited, setEdited] = useState<TemplateRow | 'new' | null>(null);
  const may = useMay()('Mutation.saveMessageTemplate');
  const { data, error, isFirstLoad, refetch } = useLiveQuery({ query: templatesQuery, variables: {} });
  const templates = data?.messageTemplates;
  const done = () => {
    setEdited(null);
    refetch();
  };
  return (
    <>
      <header className="settings-head">
        <p className="settings-intro">
          What messages say, and texts to begin a stakeholder update with. Whoever saved nothing gets the built-in text.
        </p>
        {may && <Button onClick={() => setEdited('new')}>New text for updates</Button>}
      </header>
      {isFirstLoad && <SkeletonRows rows={2} />}
      {!templates && error && <Failed error={error} onRetry={refetch} />}
      {templates && (
        <ul className="settings-rows panel" aria-label="Templates">
          {templates.map((template) => (
            <TemplateItem key={template.id} template={template} onEdit={may ? () => setEdited(template) : null} />
          ))}
        </ul>
      )}
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        size="lg"
        title={edited === 'new' || edited === null ? 'New text for updates' : (names[edited.key] ?? edited.key)}
      >
        {edited !== null && <TemplateForm template={edited === 'new' ? null : edited} onDone={done} />}
      </Modal>
    </>
  );
}
