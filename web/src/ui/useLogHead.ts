import { useEffect, useState } from 'react';
import { readLogHead } from './logCursor.ts';

const retryMs = 3_000;

/** Where the log was when the component appeared: the cursor to subscribe behind. Null until the server has said so. */
export function useLogHead(): string | null {
  const [cursor, setCursor] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      const head = await readLogHead();
      if (!isCurrent) return;
      if (head.cursor === null) timer = setTimeout(() => void read(), retryMs);
      else setCursor(head.cursor);
    };
    void read();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, []);
  return cursor;
}
