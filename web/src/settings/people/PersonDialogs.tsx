import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '../../ui/useAct.ts';
import { ShownOnce } from '../ShownOnce.tsx';
import type { PersonDialog } from './PersonRowItem.tsx';
import { createPasswordLink, deactivatePerson, type PersonRow } from './peopleQueries.ts';

interface BodyProps {
  readonly person: PersonRow;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

function Deactivate({ person, onClose, onChanged }: BodyProps) {
  const { act, isActing } = useAct();
  const deactivate = async () => {
    if (!(await act(deactivatePerson, { id: person.id }, `${person.name} is deactivated`))) return;
    onChanged();
    onClose();
  };
  return (
    <>
      <p className="dialog-text">
        {person.name} is signed out everywhere, their API tokens stop working, and nobody can assign or page them any
        more. What they did stays in the log under their name. They can be reactivated.
      </p>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button color="red" loading={isActing} onClick={() => void deactivate()} data-autofocus>
          Deactivate
        </Button>
      </Group>
    </>
  );
}

function PasswordLink({ person, onClose }: BodyProps) {
  const [url, setUrl] = useState<string | null>(null);
  const { act, isActing } = useAct();
  const create = async () => {
    const result = await act(createPasswordLink, { personId: person.id });
    if (result) setUrl(result.createPasswordLink.url);
  };
  if (url !== null) {
    return (
      <ShownOnce
        text={url}
        copyLabel="Copy the link"
        note={`Give this link to ${person.name}. It is shown only now.`}
      />
    );
  }
  return (
    <>
      <p className="dialog-text">
        {person.name} chooses a new password with it, once. Their open sessions end. An older link stops working.
      </p>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={isActing} onClick={() => void create()} data-autofocus>
          Make the link
        </Button>
      </Group>
    </>
  );
}

interface PersonDialogsProps {
  readonly open: { readonly dialog: PersonDialog; readonly person: PersonRow } | null;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** The two things about a person that are asked before they are done. */
export function PersonDialogs({ open, onClose, onChanged }: PersonDialogsProps) {
  const title = open?.dialog === 'deactivate' ? `Deactivate ${open.person.name}?` : 'Link for a new password';
  return (
    <Modal opened={open !== null} onClose={onClose} title={title}>
      {open?.dialog === 'deactivate' && <Deactivate person={open.person} onClose={onClose} onChanged={onChanged} />}
      {open?.dialog === 'passwordLink' && <PasswordLink person={open.person} onClose={onClose} onChanged={onChanged} />}
    </Modal>
  );
}
