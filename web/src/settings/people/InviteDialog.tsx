import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Role } from '../../graphql/graphql.ts';
import { useViewer } from '../../session/viewer.ts';
import { roles, roleWords } from '../../ui/people.ts';
import { useAct } from '../../ui/useAct.ts';
import { ShownOnce } from '../ShownOnce.tsx';
import { invitePerson } from './peopleQueries.ts';

interface InviteDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onInvited: () => void;
}

/** Nobody gives a role above their own. */
function useRolesToGive(): readonly Role[] {
  const { role } = useViewer().person;
  return roles.slice(0, roles.indexOf(role) + 1);
}

function InviteForm({ onInvited, onLink }: { readonly onInvited: () => void; readonly onLink: (url: string) => void }) {
  const mayGive = useRolesToGive();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>(mayGive.includes('RESPONDER') ? 'RESPONDER' : 'VIEWER');
  const { act, isActing } = useAct();
  const invite = async (event: FormEvent) => {
    event.preventDefault();
    const result = await act(invitePerson, { input: { email: email.trim() || null, role, teams: [] } });
    if (!result) return;
    onInvited();
    onLink(result.invitePerson.url);
  };
  return (
    <form onSubmit={(event) => void invite(event)}>
      <Stack gap="sm">
        <TextInput
          type="email"
          label="E-mail"
          description="The invitation goes there if mail is set up; the link is shown to you in any case. May stay empty."
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          maxLength={254}
          autoComplete="off"
          data-autofocus
        />
        <NativeSelect
          label="Role"
          value={role}
          onChange={({ currentTarget: { value } }) => setRole(mayGive.find((each) => each === value) ?? role)}
          data={mayGive.map((value) => ({ value, label: roleWords[value] }))}
        />
      </Stack>
      <Group justify="flex-end" mt="lg">
        <Button type="submit" loading={isActing}>
          Make the invitation
        </Button>
      </Group>
    </form>
  );
}

function Invite({ onClose, onInvited }: Omit<InviteDialogProps, 'isOpen'>) {
  const [url, setUrl] = useState<string | null>(null);
  if (url === null) return <InviteForm onInvited={onInvited} onLink={setUrl} />;
  return (
    <>
      <ShownOnce
        text={url}
        copyLabel="Copy the invitation"
        note="Give this link to the person. It works once, and is shown only now."
      />
      <Group justify="flex-end" mt="lg">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </>
  );
}

export function InviteDialog({ isOpen, onClose, onInvited }: InviteDialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Invite somebody">
      <Invite onClose={onClose} onInvited={onInvited} />
    </Modal>
  );
}
