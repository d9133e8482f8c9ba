import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { createAccount, type LinkContents } from './authApi.ts';
import { NewPasswordField } from './NewPasswordField.tsx';
import { Trouble } from './Trouble.tsx';
import { useSending } from './useSending.ts';

interface AccountFormProps {
  readonly token: string;
  readonly link: LinkContents;
  readonly purpose: 'setup' | 'invitation';
}

const words = {
  setup: {
    title: 'Create the admin',
    hint: 'Tocsin has nobody yet. You will be its admin, and can invite the others.',
    button: 'Create the admin',
  },
  invitation: { title: 'Join Tocsin', hint: null, button: 'Join' },
} as const;

function Hint({ purpose, link }: Pick<AccountFormProps, 'purpose' | 'link'>) {
  if (purpose === 'setup') return words.setup.hint;
  return link.role === null ? 'You have been invited.' : `You have been invited as ${link.role}.`;
}

/** Name, address and password of somebody new: the first admin, or who was invited. */
export function AccountForm({ token, link, purpose }: AccountFormProps) {
  const [name, setName] = useState(link.name ?? '');
  const [email, setEmail] = useState(link.email ?? '');
  const [password, setPassword] = useState('');
  const { isSending, refusal, faultOf, send } = useSending(() =>
    createAccount(purpose, { token, name: name.trim(), email: email.trim() || null, password }),
  );
  const isGeneral = refusal !== null && !['name', 'email', 'password'].includes(refusal.field ?? '');
  return (
    <form className="sign-in-form" aria-label={words[purpose].title} onSubmit={send}>
      <h1>{words[purpose].title}</h1>
      <p className="sign-in-hint">
        <Hint purpose={purpose} link={link} />
      </p>
      {isGeneral && <Trouble>{refusal.message}</Trouble>}
      <TextInput
        label="Name"
        description="It stands in the timeline beside what you do."
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={faultOf('name')}
        autoComplete="name"
        maxLength={100}
        autoFocus
        withAsterisk={false}
        required
      />
      <TextInput
        type="email"
        label="E-mail"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        error={faultOf('email')}
        autoComplete="username"
        maxLength={254}
        // The invitation's own address counts.
        readOnly={link.email !== null}
        withAsterisk={false}
        required
      />
      <NewPasswordField value={password} onChange={setPassword} error={faultOf('password')} />
      <Button type="submit" fullWidth loading={isSending}>
        {words[purpose].button}
      </Button>
    </form>
  );
}
