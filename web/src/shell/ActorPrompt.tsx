import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { actorQuestion, actorStore } from '../session/actor.ts';
import { useStore } from '../ui/createStore.ts';

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
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => onAnswer(null)}>
          Cancel
        </Button>
        <Button type="submit">Continue</Button>
      </Group>
    </form>
  );
}

/** Asks for the name the first time somebody acts, or to change it. */
export function ActorPrompt() {
  const answer = useStore(actorQuestion);
  return (
    <Modal opened={answer !== null} onClose={() => answer?.(null)} title="Who is acting?" size="sm">
      {answer && <ActorForm onAnswer={answer} />}
    </Modal>
  );
}
