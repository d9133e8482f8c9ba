import { Button, Group, Modal } from '@mantine/core';
import { useStore } from '../ui/createStore.ts';
import { type ResolveQuestion, resolveQuestion } from '../ui/resolveQuestion.ts';

function Question({ question: { firing, answer } }: { readonly question: ResolveQuestion }) {
  return (
    <>
      {firing === 1 ? '1 alert still fires.' : `${firing.toLocaleString('en')} alerts still fire.`} Resolve anyway?
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => answer(false)}>
          Cancel
        </Button>
        <Button onClick={() => answer(true)} data-autofocus>
          Resolve
        </Button>
      </Group>
    </>
  );
}

/** Asks before an incident is resolved while its alerts still fire. */
export function ResolvePrompt() {
  const question = useStore(resolveQuestion);
  return (
    <Modal opened={question !== null} onClose={() => question?.answer(false)} title="Still firing" size="sm">
      {question && <Question question={question} />}
    </Modal>
  );
}
