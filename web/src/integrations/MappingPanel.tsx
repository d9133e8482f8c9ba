import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { IntegrationDetails } from './integrationsQueries.ts';
import { fieldWords } from './mapping/mappedFields.ts';

/** Where the fields stand in this sender's bodies, and the way to the editor. */
export function MappingPanel({ integration: { id, mapping } }: { readonly integration: IntegrationDetails }) {
  return (
    <section className="panel" aria-label="Mapping">
      <div className="integration-panel-head">
        <h2 className="panel-title">Mapping</h2>
        <Button
          variant="default"
          size="xs"
          renderRoot={(props) => <Link to="/integrations/$id/mapping" params={{ id }} {...props} />}
        >
          {mapping.length === 0 ? 'Map its fields…' : 'Edit…'}
        </Button>
      </div>
      {mapping.length === 0 ? (
        <p className="muted mapping-none">Fields are read under their common names: title, status, severity, labels.</p>
      ) : (
        <dl className="mapping-summary">
          {mapping.map(({ field, expression }) => (
            <div key={field}>
              <dt className="muted">{fieldWords[field].label}</dt>
              <dd className="mono">{expression}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
