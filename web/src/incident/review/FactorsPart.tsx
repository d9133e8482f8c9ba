import { ActionIcon, Autocomplete, Textarea } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { Review } from '../../reviews/reviewQueries.ts';
import { Part } from './Part.tsx';
import { useDetailsDraft } from './useDetailsDraft.ts';

type Factors = Review['factors'];

const inputOf = (factors: Factors) => ({
  factors: factors.map(({ category, text }) => ({ category: category.trim(), text: text.trim() })),
});

/** Offered, not demanded: a team may name its own. */
const categories = ['Change', 'Capacity', 'Dependency', 'Monitoring', 'Process', 'Human factors', 'Configuration'];

function Read({ factors }: { readonly factors: Factors }) {
  return (
    <ul className="factors">
      {factors.map(({ category, text }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a factor is known by its place alone
        <li key={index}>
          <span className="chip">{category}</span> {text}
        </li>
      ))}
    </ul>
  );
}

interface FieldsProps {
  readonly draft: Factors;
  readonly set: (factors: Factors) => void;
}

function Fields({ draft, set }: FieldsProps) {
  const change = (index: number, patch: Partial<Factors[number]>) =>
    set(draft.map((factor, at) => (at === index ? { ...factor, ...patch } : factor)));
  return draft.map((factor, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- a factor is known by its place alone
    <div key={index} className="factor-fields">
      <Autocomplete
        aria-label={`Kind of factor ${index + 1}`}
        placeholder="Kind"
        data={categories}
        value={factor.category}
        onChange={(category) => change(index, { category })}
        maxLength={80}
      />
      <Textarea
        aria-label={`Factor ${index + 1}`}
        placeholder="What contributed, and how"
        value={factor.text}
        onChange={(event) => change(index, { text: event.currentTarget.value })}
        maxLength={2_000}
        autosize
        minRows={1}
      />
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={`Remove factor ${index + 1}`}
        onClick={() => set(draft.filter((_, at) => at !== index))}
      >
        <IconTrash size={16} aria-hidden="true" />
      </ActionIcon>
    </div>
  ));
}

interface FactorsPartProps {
  readonly incidentId: string;
  readonly review: Review;
  readonly isEditable: boolean;
  readonly onSaved: () => void;
}

/** What came together: seldom one thing. */
export function FactorsPart({ incidentId, review, isEditable, onSaved }: FactorsPartProps) {
  const { draft, theirs, isSaving, ...own } = useDetailsDraft({
    incidentId,
    review,
    field: 'factors',
    inputOf,
    onSaved,
  });
  const add = () => own.edit([...(draft ?? review.factors), { category: '', text: '' }]);
  return (
    <Part
      title="Contributing factors"
      hint="What came together, each with its kind. Seldom it is one thing alone."
      isEditable={isEditable}
      isEditing={draft !== null}
      isSaving={isSaving}
      canSave={draft?.every(({ category, text }) => category.trim() !== '' && text.trim() !== '') ?? false}
      theirs={theirs && <Read factors={theirs} />}
      onEdit={review.factors.length > 0 ? () => own.edit(review.factors) : add}
      onCancel={own.cancel}
      onTakeTheirs={own.takeTheirs}
      onSave={() => void own.save()}
    >
      {draft === null && review.factors.length === 0 && <p className="muted review-empty">None were named yet.</p>}
      {draft === null && review.factors.length > 0 && <Read factors={review.factors} />}
      {draft && <Fields draft={draft} set={own.edit} />}
      {draft && draft.length < 30 && (
        <button type="button" className="link-button" onClick={add}>
          Another factor
        </button>
      )}
    </Part>
  );
}
