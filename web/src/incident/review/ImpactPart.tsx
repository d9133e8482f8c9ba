import { NumberInput, Textarea, TextInput } from '@mantine/core';
import type { Review } from '../../reviews/reviewQueries.ts';
import { humanDuration } from '../../ui/duration.ts';
import { Part } from './Part.tsx';
import { useDetailsDraft } from './useDetailsDraft.ts';

type Impact = Review['impact'];

const inputOf = ({ customers, requests, revenue, durationSeconds, text }: Impact) => ({
  impact: { customers, requests, revenue, durationSeconds, text },
});
const number = (value: string | number): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : null;

function Read({ impact }: { readonly impact: Impact }) {
  const facts = [
    ['Lasted', impact.durationSeconds === null ? null : humanDuration(impact.durationSeconds)],
    ['Customers', impact.customers?.toLocaleString('en') ?? null],
    ['Requests', impact.requests?.toLocaleString('en') ?? null],
    ['Revenue', impact.revenue],
  ].filter((fact): fact is [string, string] => fact[1] !== null);
  return (
    <>
      {facts.length > 0 && (
        <dl className="impact-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {impact.text && <p className="impact-text">{impact.text}</p>}
    </>
  );
}

interface FieldsProps {
  readonly draft: Impact;
  readonly set: (patch: Partial<Impact>) => void;
}

function Fields({ draft, set }: FieldsProps) {
  return (
    <div className="impact-fields">
      <NumberInput
        label="Lasted (minutes)"
        value={draft.durationSeconds === null ? '' : Math.round(draft.durationSeconds / 60)}
        onChange={(value) => {
          const minutes = number(value);
          set({ durationSeconds: minutes === null ? null : minutes * 60 });
        }}
        min={0}
        max={30_000_000}
        allowDecimal={false}
      />
      <NumberInput
        label="Customers"
        value={draft.customers ?? ''}
        onChange={(value) => set({ customers: number(value) })}
        min={0}
        max={2_000_000_000}
        allowDecimal={false}
      />
      <NumberInput
        label="Requests that failed"
        value={draft.requests ?? ''}
        onChange={(value) => set({ requests: number(value) })}
        min={0}
        max={2_000_000_000}
        allowDecimal={false}
      />
      <TextInput
        label="Revenue"
        placeholder="about 4,000 €"
        value={draft.revenue ?? ''}
        onChange={(event) => set({ revenue: event.currentTarget.value || null })}
        maxLength={80}
      />
      <Textarea
        label="In words"
        className="impact-words"
        value={draft.text ?? ''}
        onChange={(event) => set({ text: event.currentTarget.value || null })}
        maxLength={2_000}
        autosize
        minRows={2}
      />
    </div>
  );
}

interface ImpactPartProps {
  readonly incidentId: string;
  readonly review: Review;
  readonly isEditable: boolean;
  readonly onSaved: () => void;
}

/** How bad it was, in numbers. */
export function ImpactPart({ incidentId, review, isEditable, onSaved }: ImpactPartProps) {
  const { draft, theirs, isSaving, ...own } = useDetailsDraft({
    incidentId,
    review,
    field: 'impact',
    inputOf,
    onSaved,
  });
  const set = (patch: Partial<Impact>) => {
    if (draft) own.edit({ ...draft, ...patch });
  };
  return (
    <Part
      title="Impact in numbers"
      hint="What is known; leave the rest empty."
      isEditable={isEditable}
      isEditing={draft !== null}
      isSaving={isSaving}
      theirs={theirs && <Read impact={theirs} />}
      onEdit={() => own.edit(review.impact)}
      onCancel={own.cancel}
      onTakeTheirs={own.takeTheirs}
      onSave={() => void own.save()}
    >
      {draft === null ? <Read impact={review.impact} /> : <Fields draft={draft} set={set} />}
    </Part>
  );
}
