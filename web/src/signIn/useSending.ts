import { type FormEvent, useState } from 'react';
import { startAfresh } from '../session/session.ts';
import type { Answer, Refusal } from './authApi.ts';

interface Sending {
  readonly isSending: boolean;
  readonly refusal: Refusal | null;
  /** The refusal's sentence where this field is to blame. */
  readonly faultOf: (field: string) => string | null;
  readonly send: (event: FormEvent) => void;
}

/** Sends a form; who is let in goes on to where the server says, with a page that starts afresh. */
export function useSending(request: () => Promise<Answer<{ readonly returnTo: string }>>): Sending {
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const run = async () => {
    setSending(true);
    setRefusal(null);
    const answer = await request();
    // Let in, the button goes on turning until the next page is there.
    if (answer.ok) return startAfresh(answer.value.returnTo);
    setRefusal(answer.refusal);
    setSending(false);
  };
  return {
    isSending,
    refusal,
    faultOf: (field) => (refusal?.field === field ? refusal.message : null),
    send: (event) => {
      event.preventDefault();
      if (!isSending) void run();
    },
  };
}
