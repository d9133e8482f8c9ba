import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../../session/viewer.ts';
import type { IncidentWork, WorkField } from '../status/workQuery.ts';
import { EditForm } from './EditForm.tsx';

function Value({ field: { kind, value } }: { readonly field: WorkField }) {
  if (value === null) return <span className="muted">–</span>;
  // The server keeps http and https alone.
  return kind === 'LINK' ? (
    <a href={value} target="_blank" rel="noreferrer noopener">
      {value}
    </a>
  ) : (
    value
  );
}

/** Priority, tags and the fields of the type. */
export function FieldsList({ incident }: { readonly incident: IncidentWork }) {
  const [isEditing, setEditing] = useState(false);
  const may = useMay();
  return (
    <>
      <dl className="work-fields">
        <dt>Priority</dt>
        <dd>P{incident.priority}</dd>
        {incident.customFields.map((field) => (
          <div key={field.key} className="work-field">
            <dt>{field.title}</dt>
            <dd>
              <Value field={field} />
            </dd>
          </div>
        ))}
        {incident.tags.length > 0 && (
          <div className="work-field">
            <dt>Tags</dt>
            <dd className="work-tags">
              {incident.tags.map((tag) => (
                <span key={tag} className="chip">
                  {tag}
                </span>
              ))}
            </dd>
          </div>
        )}
      </dl>
      {may('Mutation.editIncident') && (
        <Button variant="subtle" size="compact-xs" onClick={() => setEditing(true)}>
          Edit
        </Button>
      )}
      <Modal opened={isEditing} onClose={() => setEditing(false)} title={`Details of ${incident.reference}`}>
        {isEditing && <EditForm incident={incident} onClose={() => setEditing(false)} />}
      </Modal>
    </>
  );
}
