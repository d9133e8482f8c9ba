import { Button, Group, Modal, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { actorQuestion, actorStore } from '../session/actor.ts';
import { useStore } from '../ui/createStore.ts';

/** Above dialogs and menus, below notifications: whatever is open may be what asked. */
const zIndex = 350;

/** Mantine's dialogs all listen for Escape on the window; this one must not take the dialog under it along. */
const keepsEscape = { 'data-mantine-stop-propagation': true };

function ActorForm({ onAnswer }: { readonly onAnswer: (name: string | null) => void }) {
  const [name, setName] = useState(actorStore.get());
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onAnswer(name.trim() || null);
      }}
    >
      <TextInput
        label="Your name"
        description="It stands in the timeline beside what you do."
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={80}
        autoComplete="name"
        data-autofocus
        required
        {...keepsEscape}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => onAnswer(null)} {...keepsEscape}>
          Cancel
        </Button>
        <Button type="submit" {...keepsEscape}>
          Continue
        </Button>
      </Group>
    </form>
  );
}

/** Asks for the name the first time somebody acts, or to change it. */
export function ActorPrompt() {
  const answer = useStore(actorQuestion);
  const giveUp = () => answer?.(null);
  return (
    <Modal
      opened={answer !== null}
      onClose={giveUp}
      title="Who is acting?"
      size="sm"
      zIndex={zIndex}
      closeButtonProps={{ 'aria-label': 'Close', ...keepsEscape }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key === 'Escape') giveUp();
      }}
    >
      {answer && <ActorForm onAnswer={answer} />}
    </Modal>
  );
}
