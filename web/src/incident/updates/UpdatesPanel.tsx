import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { useMay, useViewer } from '../../session/viewer.ts';
import { Markdown } from '../../ui/Markdown.tsx';
import { Failed, NothingYet, SkeletonRows } from '../../ui/states.tsx';
import { Ago } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { counted } from '../../ui/words.ts';
import { useAsked } from '../asked.ts';
import type { IncidentPanelProps } from '../panels.ts';
import '../work.css';
import { componentStates, draftOf, newDraft, progresses, type UpdateDraft } from './updateDraft.ts';
import { UpdateForm } from './UpdateForm.tsx';
import { decideUpdate, discardUpdate, type IncidentUpdate, submitUpdate, updatesQuery } from './updatesQueries.ts';

const stateWords = {
  DRAFT: 'Draft',
  AWAITING_APPROVAL: 'Waits for approval',
  PUBLISHED: 'Published',
  REJECTED: 'Sent back',
} as const;

interface UpdateProps {
  readonly update: IncidentUpdate;
  readonly onDone: () => void;
}

function Decide({ update, onDone }: UpdateProps) {
  const [comment, setComment] = useState('');
  const { act, isActing } = useAct();
  const decide = async (isApproved: boolean) => {
    const { id, version } = update;
    const variables = { id, isApproved, comment: comment.trim() || null, expectedVersion: version };
    if (await act(decideUpdate, variables, isApproved ? 'Approved and published' : 'Sent back')) onDone();
  };
  return (
    <div className="work-actions">
      <TextInput
        aria-label="Comment"
        placeholder="Comment (optional)"
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <Button size="sm" onClick={() => void decide(true)} disabled={isActing}>
        Approve and publish
      </Button>
      <Button size="sm" variant="default" onClick={() => void decide(false)} disabled={isActing}>
        Send back
      </Button>
    </div>
  );
}

function UpdateActions({ update, onDone, onEdit }: UpdateProps & { readonly onEdit: () => void }) {
  const { act, isActing } = useAct();
  const may = useMay();
  const viewer = useViewer();
  const isOwn = update.author === viewer.person.handle;
  if (update.state === 'PUBLISHED') return null;
  const mayWrite = isOwn || may('Mutation.saveUpdate');
  if (update.state === 'AWAITING_APPROVAL') {
    return may('Mutation.decideUpdate') ? <Decide update={update} onDone={onDone} /> : null;
  }
  if (!mayWrite) return null;
  return (
    <Group gap="xs">
      <Button
        size="xs"
        disabled={isActing}
        onClick={() =>
          void act(submitUpdate, { id: update.id, expectedVersion: update.version }).then((done) => done && onDone())
        }
      >
        {update.needsApprovalBecause ? 'Ask for approval' : 'Publish'}
      </Button>
      <Button size="xs" variant="default" onClick={onEdit}>
        Edit
      </Button>
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        disabled={isActing}
        onClick={() => void act(discardUpdate, { id: update.id }).then((done) => done && onDone())}
      >
        Discard
      </Button>
    </Group>
  );
}

function Update(props: UpdateProps & { readonly onEdit: () => void }) {
  const { update } = props;
  return (
    <article className="update" data-testid="update" data-state={update.state}>
      <div className="update-head">
        <span className="chip">{stateWords[update.state]}</span>
        <span className="chip">{update.audience === 'PUBLIC' ? 'Public' : 'Internal'}</span>
        <strong className="update-title">
          {progresses[update.progress]}: {update.title}
        </strong>
        <span className="muted">
          {update.author}, <Ago at={update.publishedAt ?? update.createdAt} />,{' '}
          {counted(update.recipientCount, 'recipient')}
        </span>
      </div>
      <Markdown text={update.body} />
      {update.components.length > 0 && (
        <div className="work-actions">
          {update.components.map(({ component, state }) => (
            <span key={component.id} className="chip">
              {component.title}: {componentStates[state]}
            </span>
          ))}
        </div>
      )}
      {update.state === 'AWAITING_APPROVAL' && update.needsApprovalBecause && (
        <p className="update-why">{update.needsApprovalBecause}</p>
      )}
      {update.decidedBy && (
        <p className="muted">
          {update.state === 'REJECTED' ? 'Sent back' : 'Approved'} by {update.decidedBy}
          {update.decisionComment && `: ${update.decisionComment}`}
        </p>
      )}
      <UpdateActions {...props} />
    </article>
  );
}

/** What those affected are told, and by whose leave. */
export function UpdatesPanel({ incidentId }: IncidentPanelProps) {
  const { data, error, refetch } = useLiveQuery({ query: updatesQuery, variables: { id: incidentId } });
  useRefetchOnChanges(refetch, { incidentId });
  const [draft, setDraft] = useState<UpdateDraft | null>(null);
  const may = useMay();
  useAsked('update', data?.incident !== undefined, () => setDraft(newDraft(data?.incident?.updates[0])));
  if (!data?.incident) return error ? <Failed error={error} onRetry={refetch} /> : <SkeletonRows rows={4} />;
  const { updates } = data.incident;
  const done = () => {
    setDraft(null);
    refetch();
  };
  return (
    <section className="panel" aria-label="Updates">
      <div className="panel-head">
        <h2 className="panel-title">Updates for stakeholders</h2>
        {draft === null && may('Mutation.saveUpdate') && (
          <Button size="xs" onClick={() => setDraft(newDraft(updates[0]))}>
            Write an update
          </Button>
        )}
      </div>
      {draft !== null && (
        <UpdateForm
          key={draft.id ?? 'new'}
          incidentId={incidentId}
          begun={draft}
          shown={data}
          onDone={done}
          onCancel={() => setDraft(null)}
        />
      )}
      {updates.length === 0 && draft === null && (
        <NothingYet title="Nobody was told yet">
          Internal updates go to who follows the incident, public ones to the status page and its subscribers too.
        </NothingYet>
      )}
      {updates
        .filter(({ id }) => id !== draft?.id)
        .map((update) => (
          <Update key={update.id} update={update} onDone={refetch} onEdit={() => setDraft(draftOf(update))} />
        ))}
    </section>
  );
}
