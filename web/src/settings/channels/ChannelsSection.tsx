import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useMay } from '../../session/viewer.ts';
import { Failed, NothingYet, SkeletonRows } from '../../ui/states.tsx';
import { Elapsed } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { ShownOnce } from '../ShownOnce.tsx';
import { ChannelForm } from './ChannelForm.tsx';
import { channelKinds, tellable } from './channelKinds.ts';
import { type ChannelRow, channelsQuery, rotateSecret, testChannel } from './channelQueries.ts';
import './channels.css';

const labels = new Map<string, string>(tellable.map(({ value, label }) => [value, label]));

/** What it is told of, and of which incidents. */
function Told({ channel: { subscriptions } }: { readonly channel: ChannelRow }) {
  if (subscriptions.length === 0)
    return <span className="muted channel-told">only when a policy or a rule names it</span>;
  return subscriptions.map(({ kinds, condition }) => (
    <span key={`${kinds.join()} ${condition ?? ''}`} className="muted channel-told">
      {kinds.map((kind) => labels.get(kind) ?? kind.toLowerCase()).join(', ')}
      {condition !== null && (
        <>
          {' '}
          if <code className="mono">{condition}</code>
        </>
      )}
    </span>
  ));
}

function State({ channel }: { readonly channel: ChannelRow }) {
  if (!channel.isEnabled) return <span className="channel-state channel-off">switched off</span>;
  if (channel.failingSince === null) return null;
  return (
    <span className="channel-state channel-failing" title={channel.lastError ?? ''}>
      failing for <Elapsed from={channel.failingSince} to={null} isShort />
    </span>
  );
}

/** What became of a test, beside its button: nobody has to look for it elsewhere. */
function TestButton({ channel, onTested }: { readonly channel: ChannelRow; readonly onTested: () => void }) {
  const [said, setSaid] = useState<string | null>(null);
  const { act, isActing } = useAct();
  const test = async () => {
    setSaid(null);
    const result = (await act(testChannel, { id: channel.id }))?.testNotificationChannel;
    if (result) setSaid(result.isSent ? 'Arrived' : (result.error ?? 'Not sent'));
    onTested();
  };
  return (
    <>
      <span role="status" className={said === 'Arrived' ? 'channel-said' : 'channel-said channel-failing'}>
        {said}
      </span>
      <Button
        size="xs"
        variant="default"
        loading={isActing}
        aria-label={`Test ${channel.name}`}
        onClick={() => void test()}
      >
        Test
      </Button>
    </>
  );
}

interface ChannelItemProps {
  readonly channel: ChannelRow;
  readonly onEdit: () => void;
  readonly onRotated: (secret: string) => void;
  readonly onTested: () => void;
}

function ChannelItem({ channel, onEdit, onRotated, onTested }: ChannelItemProps) {
  const may = useMay();
  const { act, isActing } = useAct();
  const rotate = async () => {
    const rotated = await act(rotateSecret, { id: channel.id });
    if (rotated) onRotated(rotated.rotateChannelSecret);
  };
  return (
    <li className="settings-row channel-row" data-testid="channel-row">
      <div className="settings-row-main">
        <strong>{channel.name}</strong>
        <span className="muted">
          {channelKinds[channel.kind].title}
          {channel.team && ` · ${channel.team.name}`}
        </span>
        <Told channel={channel} />
        <State channel={channel} />
      </div>
      {may('Mutation.saveNotificationChannel') && (
        <div className="channel-actions">
          <TestButton channel={channel} onTested={onTested} />
          {channel.kind === 'WEBHOOK' && (
            <Button size="xs" variant="default" disabled={isActing} onClick={() => void rotate()}>
              New secret
            </Button>
          )}
          <Button size="xs" variant="default" aria-label={`Edit ${channel.name}`} onClick={onEdit}>
            Edit
          </Button>
        </div>
      )}
    </li>
  );
}

/** Where messages go that are nobody's own. */
export function ChannelsSection() {
  const [edited, setEdited] = useState<ChannelRow | 'new' | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const may = useMay();
  const { data, error, isFirstLoad, refetch } = useLiveQuery({ query: channelsQuery, variables: {} });
  const channels = data?.notificationChannels;
  const done = () => {
    setEdited(null);
    refetch();
  };
  return (
    <>
      <header className="settings-head">
        <p className="settings-intro">
          Rooms, lists and programs that are told about incidents: by what they ask for here, by escalation policies and
          by automation. Secrets are kept encrypted.
        </p>
        {may('Mutation.saveNotificationChannel') && <Button onClick={() => setEdited('new')}>New channel</Button>}
      </header>
      {isFirstLoad && <SkeletonRows rows={3} />}
      {!channels && error && <Failed error={error} onRetry={refetch} />}
      {channels?.length === 0 && (
        <NothingYet title="No channels yet">Only people are told, each as they want.</NothingYet>
      )}
      {channels && channels.length > 0 && (
        <ul className="settings-rows panel" aria-label="Channels">
          {channels.map((channel) => (
            <ChannelItem
              key={channel.id}
              channel={channel}
              onEdit={() => setEdited(channel)}
              onRotated={setSecret}
              onTested={refetch}
            />
          ))}
        </ul>
      )}
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited === 'new' ? 'New channel' : 'Channel'}
      >
        {edited !== null && (
          <ChannelForm channel={edited === 'new' ? null : edited} teams={data?.teams ?? []} onDone={done} />
        )}
      </Modal>
      <Modal opened={secret !== null} onClose={() => setSecret(null)} title="New signing secret">
        <ShownOnce
          text={secret ?? ''}
          copyLabel="Copy the secret"
          note="Messages are signed with it from now on, and with the old one for a day. It is shown only now."
        />
      </Modal>
    </>
  );
}
