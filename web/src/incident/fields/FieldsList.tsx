import { Button, Group, Modal, Stack, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../../session/viewer.ts';
import { useAct } from '../../ui/useAct.ts';
import { editWork, type IncidentWork, type WorkField } from '../status/workQuery.ts';
import { CustomFieldInput } from './CustomFieldInput.tsx';
import { LevelSelect } from './LevelSelect.tsx';

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

function EditForm({ incident, onClose }: { readonly incident: IncidentWork; readonly onClose: () => void }) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [levels, setLevels] = useState({ impact: incident.impact, urgency: incident.urgency });
  const [tags, setTags] = useState<readonly string[]>(incident.tags);
  const { act, isActing } = useAct();
  const save = async () => {
    const customFields = Object.entries(values).map(([key, value]) => ({ key, value: value.trim() || null }));
    const patch = { customFields, tags: [...tags], ...levels };
    if (await act(editWork, { id: incident.id, patch, version: incident.version })) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Stack gap="sm">
        {incident.customFields.map((field) => (
          <CustomFieldInput
            key={field.key}
            field={field}
            value={values[field.key] ?? field.value ?? ''}
            onChange={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
          />
        ))}
        <Group grow>
          <LevelSelect label="Impact" value={levels.impact} onChange={(impact) => setLevels({ ...levels, impact })} />
          <LevelSelect
            label="Urgency"
            value={levels.urgency}
            onChange={(urgency) => setLevels({ ...levels, urgency })}
          />
        </Group>
        <TagsInput label="Tags" value={[...tags]} onChange={setTags} acceptValueOnBlur />
      </Stack>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={isActing}>
          Save
        </Button>
      </Group>
    </form>
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
