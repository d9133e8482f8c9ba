import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useMutate } from '../ui/useMutate.ts';
import './integrations.css';
import { createIntegration } from './integrationMutations.ts';
import { freshSecret } from './freshSecret.ts';
import { newIntegrationRoute } from './route.ts';
import { SourcePicker } from './SourcePicker.tsx';
import { parseNewSearch } from './newSearch.ts';
import { type SourceKind, sourceOf } from './sources.ts';
import './sourcePicker.css';

function NewForm({ source }: { readonly source: SourceKind }) {
  const [name, setName] = useState(sourceOf(source).name);
  const [environment, setEnvironment] = useState('');
  const [team, setTeam] = useState('');
  const { mutate, isMutating } = useMutate();
  const navigate = newIntegrationRoute.useNavigate();

  const create = async (event: FormEvent) => {
    event.preventDefault();
    const input = { name: name.trim(), source, environment: environment.trim() || null, team: team.trim() || null };
    const result = await mutate(createIntegration, { input });
    if (!result) return;
    const { integration, secret } = result.createIntegration;
    await navigate({ to: '/integrations/$id', params: { id: integration.id }, replace: true });
    freshSecret.set({ integrationId: integration.id, secret, why: 'created' });
  };

  return (
    <form className="panel integration-form" onSubmit={(event) => void create(event)}>
      <TextInput
        label="Name"
        description="How it is called here, e.g. where it runs."
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={100}
        required
        data-autofocus
      />
      <div className="integration-form-pair">
        <TextInput
          label="Environment"
          description="For alerts that name none."
          placeholder="production"
          value={environment}
          onChange={(event) => setEnvironment(event.currentTarget.value)}
          maxLength={100}
        />
        <TextInput
          label="Team"
          description="Who owns its incidents."
          placeholder="payments"
          value={team}
          onChange={(event) => setTeam(event.currentTarget.value)}
          maxLength={100}
        />
      </div>
      <Button type="submit" loading={isMutating} disabled={name.trim() === ''} className="integration-form-do">
        Create and show what to paste
      </Button>
    </form>
  );
}

/** Pick a tool, name it; the next page has the lines to paste. */
export function NewIntegrationScreen() {
  const source = newIntegrationRoute.useSearch({ select: (raw) => parseNewSearch({ ...raw }).source });
  return (
    <div className="integrations integrations-narrow">
      <header className="integrations-head">
        <Link to="/integrations" className="muted integrations-back">
          Integrations
        </Link>
        <span className="muted" aria-hidden="true">
          /
        </span>
        <h1 className="screen-title">Add an integration</h1>
      </header>
      {!source && <p className="muted integrations-pick">Pick the tool that sends your alerts.</p>}
      <SourcePicker chosen={source} />
      {source && <NewForm key={source} source={source} />}
    </div>
  );
}
