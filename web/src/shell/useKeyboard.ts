import { useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useNavEntries } from '../router/useNavEntries.ts';
import { commandStore } from './commands.ts';

/** How long after `g` the second key still counts. */
const sequenceMs = 1_200;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** A dialog, menu or list of choices that is open has the keyboard to itself. A closed one may stay in the page, unseen. */
function isCovered(): boolean {
  const layers = document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]');
  return Array.from(layers).some((layer) => layer.checkVisibility());
}

function isPlain(event: KeyboardEvent): boolean {
  return !event.metaKey && !event.ctrlKey && !event.altKey && !event.defaultPrevented;
}

/** The keys of the page: `?`, `g` + screen, and the commands of the screen at hand. */
export function useKeyboard(onHelp: () => void): void {
  const navigate = useNavigate();
  const entries = useNavEntries();
  const goPressedAt = useRef(0);

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!isPlain(event) || isTyping(event.target) || isCovered()) return;
    const isSequence = Date.now() - goPressedAt.current < sequenceMs;
    goPressedAt.current = event.key === 'g' ? Date.now() : 0;
    const entry = isSequence ? entries.find(({ goKey }) => goKey === event.key) : undefined;
    const command = commandStore.get().findLast(({ key }) => key === event.key);
    // Enter on a focused link or button is that link's own.
    const isOwn =
      event.key === 'Enter' && event.target instanceof Element && event.target.closest('a, button') !== null;
    if (entry) void navigate({ to: entry.path });
    else if (event.key === '?') onHelp();
    else if (command && !isOwn) command.run();
    else return;
    event.preventDefault();
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  }, []);
}
