import { useState } from 'react';

/** More than this pushes what happens out of the first screen of a phone. */
const shownLines = 4;
const shownLetters = 280;

/** What was known when it was reported: a long one is cut, and opens. */
export function Description({ text }: { readonly text: string }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = text.length > shownLetters || text.split('\n').length > shownLines;
  return (
    <div className="incident-description">
      <p data-cut={(isLong && !isWhole) || undefined}>{text}</p>
      {isLong && (
        <button type="button" className="link-button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show less' : 'Show all'}
        </button>
      )}
    </div>
  );
}
