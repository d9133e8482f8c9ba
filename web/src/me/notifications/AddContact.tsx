import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useAct } from '../../ui/useAct.ts';
import { addContact } from './notificationQueries.ts';

const kindNames = ['EMAIL', 'SLACK', 'WEBHOOK'] as const;
type Kind = (typeof kindNames)[number];

const kinds: Readonly<Record<Kind, { readonly title: string; readonly label: string; readonly placeholder: string }>> =
  {
    EMAIL: { title: 'E-mail', label: 'Address', placeholder: 'ada@example.com' },
    SLACK: { title: 'Slack', label: 'Your member ID', placeholder: 'U0123456789' },
    WEBHOOK: { title: 'Webhook', label: 'Address', placeholder: 'https://ntfy.sh/my-topic' },
  };

interface AddContactProps {
  /** Whose bot may write to people. */
  readonly bots: readonly { readonly id: string; readonly name: string }[];
  readonly onAdded: () => void;
}

function AddContactForm({ bots, onAdded }: AddContactProps) {
  const [kind, setKind] = useState<Kind>('EMAIL');
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [bot, setBot] = useState(bots[0]?.id ?? '');
  const { act, isActing } = useAct();
  const offered = kindNames.filter((each) => each !== 'SLACK' || bots.length > 0);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const channelId = kind === 'SLACK' ? bot : null;
    const input = { kind, name: name.trim() || kinds[kind].title, address: address.trim(), channelId };
    if (await act(addContact, { input }, 'A code is on its way')) onAdded();
  };
  return (
    <form onSubmit={(event) => void add(event)}>
      <Stack gap="sm">
        <NativeSelect
          label="Kind"
          value={kind}
          data={offered.map((value) => ({ value, label: kinds[value].title }))}
          onChange={({ currentTarget: { value } }) => setKind(offered.find((each) => each === value) ?? 'EMAIL')}
        />
        {kind === 'SLACK' && (
          <NativeSelect
            label="Written to by"
            value={bot}
            data={bots.map(({ id, name: label }) => ({ value: id, label }))}
            onChange={(event) => setBot(event.currentTarget.value)}
          />
        )}
        <TextInput
          label={kinds[kind].label}
          type={kind === 'EMAIL' ? 'email' : 'text'}
          placeholder={kinds[kind].placeholder}
          value={address}
          maxLength={2_000}
          required
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <TextInput
          label="Name"
          placeholder={kinds[kind].title}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </Stack>
      <Group justify="flex-end" mt="lg">
        <Button type="submit" loading={isActing}>
          Send the code
        </Button>
      </Group>
    </form>
  );
}

export function AddContact({ bots, onAdded }: AddContactProps) {
  const [isOpen, setOpen] = useState(false);
  const added = () => {
    setOpen(false);
    onAdded();
  };
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        Add a contact
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="Add a contact">
        <AddContactForm bots={bots} onAdded={added} />
      </Modal>
    </>
  );
}
