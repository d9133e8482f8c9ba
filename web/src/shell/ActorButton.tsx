import { Button } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { actorQuestion, actorStore, setActor } from '../session/actor.ts';
import { useStore } from '../ui/createStore.ts';

function changeName(): void {
  actorQuestion.set((name) => {
    actorQuestion.set(null);
    if (name) setActor(name);
  });
}

export function ActorButton() {
  const name = useStore(actorStore);
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-md"
      className="actor-button"
      leftSection={<IconUser size={16} stroke={1.6} aria-hidden="true" />}
      aria-label={name ? `Acting as ${name}. Change your name` : 'Set your name'}
      onClick={changeName}
    >
      <span className="actor-name">{name || 'Your name'}</span>
    </Button>
  );
}
