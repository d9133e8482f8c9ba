import { ActionIcon, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { Review, Why } from '../../reviews/reviewQueries.ts';
import { Part } from './Part.tsx';
import { useDetailsDraft } from './useDetailsDraft.ts';
import { type WhyNode, whyLimits, whyNodes, withAnotherWhy, withoutWhy } from './whyTree.ts';

const newId = () => crypto.randomUUID().slice(0, 13);

function Read({ nodes }: { readonly nodes: readonly WhyNode[] }) {
  return (
    <ol className="whys">
      {nodes.map((node) => (
        <li key={node.id}>
          <p className="why-question">{node.question || 'Why?'}</p>
          <p className="why-answer">{node.answer || <span className="muted">No answer yet</span>}</p>
          {node.children.length > 0 && <Read nodes={node.children} />}
        </li>
      ))}
    </ol>
  );
}

interface WriteProps {
  readonly nodes: readonly WhyNode[];
  readonly all: readonly Why[];
  readonly set: (whys: readonly Why[]) => void;
}

function Write({ nodes, all, set }: WriteProps) {
  const change = (id: string, patch: Partial<Why>) =>
    set(all.map((why) => (why.id === id ? { ...why, ...patch } : why)));
  return (
    <ol className="whys">
      {nodes.map((node) => (
        <li key={node.id}>
          <div className="why-fields">
            <TextInput
              aria-label={`Why, level ${node.depth}`}
              placeholder="Why did that happen?"
              value={node.question}
              onChange={(event) => change(node.id, { question: event.currentTarget.value })}
              maxLength={1_000}
            />
            <TextInput
              aria-label={`Because, level ${node.depth}`}
              placeholder="Because …"
              value={node.answer}
              onChange={(event) => change(node.id, { answer: event.currentTarget.value })}
              maxLength={1_000}
            />
            {node.depth < whyLimits.depth && all.length < whyLimits.nodes && (
              <ActionIcon
                variant="default"
                size="lg"
                aria-label="Ask why about this answer"
                onClick={() => set(withAnotherWhy(all, node.id, newId()))}
              >
                <IconPlus size={16} aria-hidden="true" />
              </ActionIcon>
            )}
            <ActionIcon
              variant="default"
              size="lg"
              aria-label="Remove this why and those below"
              onClick={() => set(withoutWhy(all, node.id))}
            >
              <IconTrash size={16} aria-hidden="true" />
            </ActionIcon>
          </div>
          {node.children.length > 0 && <Write nodes={node.children} all={all} set={set} />}
        </li>
      ))}
    </ol>
  );
}

interface DetailsPartProps {
  readonly incidentId: string;
  readonly review: Review;
  readonly isEditable: boolean;
  readonly onSaved: () => void;
}

const inputOf = (whys: readonly Why[]) => ({
  whys: whys.map(({ id, parentId, question, answer }) => ({ id, parentId, question, answer })),
});

/** The five whys as a tree: each answer may have several reasons. */
export function WhysPart({ incidentId, review, isEditable, onSaved }: DetailsPartProps) {
  const { draft, theirs, isSaving, ...own } = useDetailsDraft({ incidentId, review, field: 'whys', inputOf, onSaved });
  const begin = () => own.edit(review.whys.length > 0 ? review.whys : [...withAnotherWhy([], null, newId())]);
  return (
    <Part
      title="5 Whys"
      hint="Ask why about each answer, up to five deep. An answer may have several reasons."
      isEditable={isEditable}
      isEditing={draft !== null}
      isSaving={isSaving}
      theirs={theirs && <Read nodes={whyNodes(theirs)} />}
      onEdit={begin}
      onCancel={own.cancel}
      onTakeTheirs={own.takeTheirs}
      onSave={() => void own.save()}
    >
      {draft === null && review.whys.length === 0 && <p className="muted review-empty">Nobody asked why yet.</p>}
      {draft === null && review.whys.length > 0 && <Read nodes={whyNodes(review.whys)} />}
      {draft !== null && (
        <>
          <Write nodes={whyNodes(draft)} all={draft} set={(whys) => own.edit([...whys])} />
          {draft.length < whyLimits.nodes && (
            <button
              type="button"
              className="link-button"
              onClick={() => own.edit([...withAnotherWhy(draft, null, newId())])}
            >
              Another first why
            </button>
          )}
        </>
      )}
    </Part>
  );
}
