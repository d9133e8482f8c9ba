import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Ago } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { type ContactRow, removeContact, testContact, verifyContact } from './notificationQueries.ts';

interface ContactProps {
  readonly contact: ContactRow;
  readonly onChanged: () => void;
}

function EnterCode({ contact, onChanged }: ContactProps) {
  const [code, setCode] = useState('');
  const { act, isActing } = useAct();
  const verify = async (event: FormEvent) => {
    event.preventDefault();
    if (await act(verifyContact, { id: contact.id, code }, `${contact.name} is confirmed`)) onChanged();
  };
  return (
    <form className="told-code" onSubmit={(event) => void verify(event)}>
      <TextInput
        size="xs"
        aria-label={`Code for ${contact.name}`}
        placeholder="Code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button size="xs" type="submit" loading={isActing} disabled={!/^\d{6}$/.test(code.trim())}>
        Confirm
      </Button>
    </form>
  );
}

function TestContact({ contact, onChanged }: ContactProps) {
  const [said, setSaid] = useState<string | null>(null);
  const { act, isActing } = useAct();
  const test = async () => {
    setSaid(null);
    const result = (await act(testContact, { id: contact.id }))?.testContact;
    if (result) setSaid(result.isSent ? 'Sent' : (result.error ?? 'Not sent'));
    onChanged();
  };
  return (
    <>
      <span role="status" className="muted">
        {said}
      </span>
      <Button
        size="xs"
        variant="default"
        loading={isActing}
        aria-label={`Test ${contact.name}`}
        onClick={() => void test()}
      >
        Test
      </Button>
    </>
  );
}

/** Where one is reached: confirmed or to be confirmed, and whether it works. */
export function ContactItem({ contact, onChanged }: ContactProps) {
  const { act, isActing } = useAct();
  const remove = async () => {
    if (await act(removeContact, { id: contact.id }, `${contact.name} removed`)) onChanged();
  };
  return (
    <li className="me-row" data-testid="contact-row">
      <div className="me-row-main">
        <strong>{contact.name}</strong>
        <div className="muted told-address">
          {contact.kind === 'WEB_PUSH' ? 'notifications of this browser' : contact.address}
        </div>
        {!contact.isVerified && contact.failingSince === null && (
          <div className="muted">Not confirmed yet: enter the code that was sent there.</div>
        )}
        {contact.failingSince !== null && (
          <div className="told-failing">
            fails since <Ago at={contact.failingSince} />: {contact.lastError}
          </div>
        )}
      </div>
      <div className="me-row-marks">
        {contact.isVerified ? (
          <TestContact contact={contact} onChanged={onChanged} />
        ) : (
          <EnterCode contact={contact} onChanged={onChanged} />
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={isActing}
          aria-label={`Remove ${contact.name}`}
          onClick={() => void remove()}
        >
          <IconX size={15} aria-hidden="true" />
        </ActionIcon>
      </div>
    </li>
  );
}
