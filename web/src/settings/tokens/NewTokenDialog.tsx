import { Button, Checkbox, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { TokenScope } from '../../graphql/graphql.ts';
import { useAct } from '../../ui/useAct.ts';
import { ShownOnce } from '../ShownOnce.tsx';
import { lifetimes, scopes, scopeWords } from './scopes.ts';
import { createApiToken } from './tokenQueries.ts';

interface NewTokenProps {
  readonly onClose: () => void;
  readonly onCreated: () => void;
}

function NewTokenForm({
  onCreated,
  onSecret,
}: {
  readonly onCreated: () => void;
  readonly onSecret: (secret: string) => void;
}) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly TokenScope[]>(['READ']);
  const [days, setDays] = useState('90');
  const { act, isActing } = useAct();
  const create = async (event: FormEvent) => {
    event.preventDefault();
    const input = { name: name.trim(), scopes: [...chosen], expiresInDays: Number(days) };
    const result = await act(createApiToken, { input });
    if (!result) return;
    onCreated();
    onSecret(result.createApiToken.secret);
  };
  return (
    <form onSubmit={(event) => void create(event)}>
      <Stack gap="sm">
        <TextInput
          label="What is it for?"
          placeholder="Grafana"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
          data-autofocus
          required
        />
        <Checkbox.Group
          label="What it may"
          description="Never more than you may yourself."
          value={[...chosen]}
          onChange={(values) => setChosen(scopes.filter((scope) => values.includes(scope)))}
        >
          <Stack gap="xs" mt="xs">
            {scopes.map((scope) => (
              <Checkbox key={scope} value={scope} label={scopeWords[scope]} />
            ))}
          </Stack>
        </Checkbox.Group>
        <NativeSelect
          label="Ends after"
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
          data={lifetimes}
        />
      </Stack>
      <Group justify="flex-end" mt="lg">
        <Button type="submit" loading={isActing} disabled={chosen.length === 0 || !name.trim()}>
          Create the token
        </Button>
      </Group>
    </form>
  );
}

function NewToken({ onClose, onCreated }: NewTokenProps) {
  const [secret, setSecret] = useState<string | null>(null);
  if (secret === null) return <NewTokenForm onCreated={onCreated} onSecret={setSecret} />;
  return (
    <>
      <ShownOnce
        text={secret}
        copyLabel="Copy the token"
        note="Send it as “Authorization: Bearer …”. It is shown only now: keep it where secrets are kept."
      />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </>
  );
}

export function NewTokenDialog({ isOpen, onClose, onCreated }: NewTokenProps & { readonly isOpen: boolean }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="New API token">
      <NewToken onClose={onClose} onCreated={onCreated} />
    </Modal>
  );
}
