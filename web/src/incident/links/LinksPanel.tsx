import { Button, Select, TextInput } from '@mantine/core';
import { IconFileText, IconLink, IconMessage, IconPaperclip, IconPhone, IconTicket } from '@tabler/icons-react';
import { useState } from 'react';
import { useLiveQuery } from '../../graphql/useLiveQuery.ts';
import { useRefetchOnChanges } from '../../live/useRefetchOnChanges.ts';
import { useMay, useViewer } from '../../session/viewer.ts';
import { Ago } from '../../ui/Time.tsx';
import { useAct } from '../../ui/useAct.ts';
import { useAsked } from '../asked.ts';
import type { IncidentPanelProps } from '../panels.ts';
import '../work.css';
import {
  addLink,
  deleteAttachment,
  linksQuery,
  removeLink,
  type ShownAttachment,
  type ShownLink,
} from './linksQueries.ts';
import { UploadButton } from './UploadButton.tsx';

const kinds = { CHAT: 'Chat', CALL: 'Call', TICKET: 'Ticket', DOCUMENT: 'Document', OTHER: 'Other' } as const;
const signs = { CHAT: IconMessage, CALL: IconPhone, TICKET: IconTicket, DOCUMENT: IconFileText, OTHER: IconLink };
type Kind = keyof typeof kinds;

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

function LinkRow({ link, onDone }: { readonly link: ShownLink; readonly onDone: () => void }) {
  const { act, isActing } = useAct();
  const may = useMay();
  const viewer = useViewer();
  const Sign = signs[link.kind];
  return (
    <li className="work-row">
      <Sign size={16} stroke={1.7} aria-label={kinds[link.kind]} />
      <span className="work-what">
        <a href={link.url} target="_blank" rel="noopener noreferrer">
          {link.title}
        </a>
      </span>
      {(may('Mutation.removeLink') || link.addedBy === viewer.person.handle) && (
        <button
          type="button"
          className="link-button"
          disabled={isActing}
          aria-label={`Remove ${link.title}`}
          onClick={() => void act(removeLink, { id: link.id }).then((done) => done && onDone())}
        >
          Remove
        </button>
      )}
    </li>
  );
}

function FileRow({ file, onDone }: { readonly file: ShownAttachment; readonly onDone: () => void }) {
  const { act, isActing } = useAct();
  const may = useMay();
  const viewer = useViewer();
  return (
    <li className="work-row">
      <IconPaperclip size={16} stroke={1.7} aria-label="File" />
      <span className="work-what">
        <a href={file.url} download={file.name}>
          {file.name}
        </a>
        <span className="muted">
          {sizeOf(file.bytes)}, {file.uploadedBy}, <Ago at={file.uploadedAt} />
        </span>
      </span>
      {(may('Mutation.deleteAttachment') || file.uploadedBy === viewer.person.handle) && (
        <button
          type="button"
          className="link-button"
          disabled={isActing}
          aria-label={`Delete ${file.name}`}
          onClick={() => void act(deleteAttachment, { id: file.id }).then((done) => done && onDone())}
        >
          Delete
        </button>
      )}
    </li>
  );
}

function NewLink({ incidentId, onDone }: { readonly incidentId: string; readonly onDone: () => void }) {
  const [kind, setKind] = useState<Kind>('CHAT');
  const [title, setTitle] = useState('');
  const [url, setUrl] = useState('');
  const { act, isActing } = useAct();
  const add = async () => {
    const named = title.trim() || kinds[kind];
    if (await act(addLink, { incidentId, kind, title: named, url: url.trim() })) onDone();
  };
  return (
    <form
      className="work-form"
      aria-label="New link"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <Select
        aria-label="Kind"
        value={kind}
        onChange={(value) => setKind(isKind(value) ? value : 'OTHER')}
        data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
        allowDeselect={false}
      />
      <TextInput
        aria-label="Title"
        placeholder="Title"
        value={title}
        maxLength={200}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        aria-label="Address"
        placeholder="https://…"
        type="url"
        autoFocus
        required
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={isActing} disabled={url.trim() === ''}>
        Add link
      </Button>
    </form>
  );
}

function isKind(value: string | null): value is Kind {
  return value !== null && value in kinds;
}

/** Where people talk, what was written down elsewhere, and files. */
export function LinksPanel({ incidentId }: IncidentPanelProps) {
  const { data, refetch } = useLiveQuery({ query: linksQuery, variables: { id: incidentId } });
  useRefetchOnChanges(refetch, { incidentId });
  const [isAdding, setAdding] = useState(false);
  const may = useMay();
  const incident = data?.incident;
  useAsked('link', incident !== undefined, () => setAdding(true));
  if (!incident) return null;
  const { links, attachments } = incident;
  const mayAdd = may('Mutation.addLink');
  if (links.length + attachments.length === 0 && !mayAdd) return null;
  return (
    <section className="panel" aria-label="Links and files">
      <div className="panel-head">
        <h2 className="panel-title">Links and files</h2>
        {mayAdd && (
          <span className="work-actions">
            <button type="button" className="link-button" aria-expanded={isAdding} onClick={() => setAdding(!isAdding)}>
              Add a link
            </button>
            <UploadButton incidentId={incidentId} onDone={refetch} />
          </span>
        )}
      </div>
      {links.length + attachments.length === 0 ? (
        !isAdding && <p className="work-none">The chat, the call, the ticket: put them here.</p>
      ) : (
        <ul className="work-list">
          {links.map((link) => (
            <LinkRow key={`link ${link.id}`} link={link} onDone={refetch} />
          ))}
          {attachments.map((file) => (
            <FileRow key={`file ${file.id}`} file={file} onDone={refetch} />
          ))}
        </ul>
      )}
      {isAdding && <NewLink incidentId={incidentId} onDone={() => (setAdding(false), refetch())} />}
    </section>
  );
}
