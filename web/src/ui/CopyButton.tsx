import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

/** Plain HTTP to another host has no `navigator.clipboard`; the old way works there. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    field.style.position = 'fixed';
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand('copy');
    field.remove();
    return isCopied;
  }
}

const shownMs = 2_000;
const words = { idle: 'Copy', done: 'Copied', failed: 'Select it and copy by hand' } as const;

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [state, setState] = useState<keyof typeof words>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), shownMs);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => setState((await copyText(text)) ? 'done' : 'failed');
  const Sign = state === 'done' ? IconCheck : IconCopy;
  return (
    <Button
      variant="default"
      size="xs"
      className="copy-button"
      leftSection={<Sign size={14} stroke={1.8} aria-hidden="true" />}
      aria-label={state === 'idle' ? label : undefined}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{words[state]}</span>
    </Button>
  );
}
