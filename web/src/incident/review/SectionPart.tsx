import { Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { CombinedError } from 'urql';
import { client } from '../../graphql/client.ts';
import { codeOf, sentenceOf } from '../../graphql/errors.ts';
import { saveSection } from '../../reviews/reviewMutations.ts';
import type { ReviewSection } from '../../reviews/reviewQueries.ts';
import { sectionWords } from '../../reviews/reviewWords.ts';
import { Markdown } from '../../ui/Markdown.tsx';
import { Part } from './Part.tsx';

interface SectionPartProps {
  readonly reviewId: string;
  readonly section: ReviewSection;
  readonly isEditable: boolean;
  readonly onSaved: () => void;
}

interface Theirs {
  readonly text: string;
  readonly version: number;
}

/** What stands there now, as the refusal says. */
function theirsOf(error: CombinedError): Theirs | null {
  const extensions = error.graphQLErrors[0]?.extensions ?? {};
  const { current: text, currentVersion: version } = extensions;
  return typeof text === 'string' && typeof version === 'number' ? { text, version } : null;
}

function Read({ text, otherwise }: { readonly text: string; readonly otherwise: string }) {
  return text === '' ? <p className="muted review-empty">{otherwise}</p> : <Markdown text={text} />;
}

interface WriteProps {
  readonly title: string;
  readonly text: string;
  readonly set: (text: string) => void;
}

function Write({ title, text, set }: WriteProps) {
  return (
    <Textarea
      aria-label={title}
      value={text}
      onChange={(event) => set(event.currentTarget.value)}
      maxLength={50_000}
      autosize
      minRows={4}
      maxRows={24}
      autoFocus
    />
  );
}

/** Prose in Markdown. When two people wrote it, both texts are shown, and the merged one is saved on top of theirs. */
export function SectionPart({ reviewId, section, isEditable, onSaved }: SectionPartProps) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly version: number } | null>(null);
  const [refused, setRefused] = useState<Theirs | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [title, hint] = sectionWords[section.name];
  // The live feed may bring their text before the server has to refuse ours.
  const isBehind = draft !== null && section.version > draft.version && section.text !== draft.text;
  const theirs = refused ?? (isBehind ? { text: section.text, version: section.version } : null);
  const close = () => {
    setDraft(null);
    setRefused(null);
  };
  const save = async () => {
    if (draft === null) return;
    setSaving(true);
    const expectedVersion = theirs?.version ?? draft.version;
    const variables = { id: reviewId, name: section.name, text: draft.text, expectedVersion };
    const { error } = await client.mutation(saveSection, variables).toPromise();
    setSaving(false);
    if (!error) {
      close();
      onSaved();
      return;
    }
    const theirText = codeOf(error) === 'CONFLICT' ? theirsOf(error) : null;
    if (theirText) {
      setRefused(theirText);
      setDraft({ ...draft, version: theirText.version });
    } else {
      notifications.show({ color: 'red', title: 'Not saved', message: sentenceOf(error), role: 'alert' });
    }
  };
  return (
    <Part
      title={title}
      hint={hint}
      isEditable={isEditable}
      isEditing={draft !== null}
      isSaving={isSaving}
      theirs={theirs && <pre className="review-their-text">{theirs.text}</pre>}
      onEdit={() => setDraft({ text: section.text, version: section.version })}
      onCancel={close}
      onTakeTheirs={() => {
        close();
        onSaved();
      }}
      onSave={() => void save()}
    >
      {draft === null ? (
        <Read text={section.text} otherwise={isEditable ? hint : 'Nothing was written.'} />
      ) : (
        <Write title={title} text={draft.text} set={(text) => setDraft({ ...draft, text })} />
      )}
    </Part>
  );
}
