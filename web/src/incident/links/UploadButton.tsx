import { FileButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';

const mostBytes = 10 * 1024 * 1024;

function say(message: string): void {
  notifications.show({ color: 'red', title: 'Not attached', message, autoClose: 8_000, role: 'alert' });
}

async function refusalOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : null;
  return typeof message === 'string' ? message : 'The server did not take it.';
}

/** Sends a file's bytes as they are; what it is, the server finds out. */
export function UploadButton({ incidentId, onDone }: { readonly incidentId: string; readonly onDone: () => void }) {
  const [isSending, setSending] = useState(false);
  const send = async (file: File | null) => {
    if (file === null) return;
    if (file.size > mostBytes) return say('A file has at most 10 MiB.');
    setSending(true);
    try {
      const response = await fetch(`/attachments?incident=${encodeURIComponent(incidentId)}`, {
        method: 'POST',
        credentials: 'same-origin',
        headers: { 'x-file-name': encodeURIComponent(file.name), 'content-type': 'application/octet-stream' },
        body: file,
      });
      if (response.ok) onDone();
      else say(await refusalOf(response));
    } catch {
      say('The server did not answer.');
    }
    setSending(false);
  };
  return (
    <FileButton onChange={(file) => void send(file)}>
      {(props) => (
        <button type="button" className="link-button" disabled={isSending} {...props}>
          {isSending ? 'Attaching…' : 'Attach a file'}
        </button>
      )}
    </FileButton>
  );
}
