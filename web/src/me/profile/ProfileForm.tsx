import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useAct } from '../../ui/useAct.ts';
import type { ProfilePerson } from './Profile.tsx';
import { updateProfile } from './profileQueries.ts';

/** UTC is no zone of a place, so the browser's list leaves it out; a stored one may be unknown to this browser. */
function zonesWith(stored: string): readonly string[] {
  return [...new Set(['UTC', stored, ...Intl.supportedValuesOf('timeZone')])];
}

export function ProfileForm({ person }: { readonly person: ProfilePerson }) {
  const [name, setName] = useState(person.name);
  const [email, setEmail] = useState(person.email ?? '');
  const [timeZone, setTimeZone] = useState(person.timeZone);
  const { act, isActing } = useAct();
  const isSame = name === person.name && email === (person.email ?? '') && timeZone === person.timeZone;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const changedEmail = email !== (person.email ?? '') && { email: email.trim() };
    await act(updateProfile, { input: { name: name.trim(), timeZone, ...changedEmail } }, 'Profile saved');
  };
  return (
    <form className="me-form" aria-label="Profile" onSubmit={(event) => void save(event)}>
      <TextInput
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        autoComplete="name"
        required
      />
      <TextInput
        type="email"
        label="E-mail"
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        maxLength={254}
        autoComplete="email"
        required={person.email !== null}
      />
      <NativeSelect
        label="Time zone"
        value={timeZone}
        onChange={(event) => setTimeZone(event.currentTarget.value)}
        data={[...zonesWith(person.timeZone)]}
      />
      <Button type="submit" variant="default" loading={isActing} disabled={isSame || !name.trim()}>
        Save
      </Button>
    </form>
  );
}
