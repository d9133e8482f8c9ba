import { useQuery } from 'urql';
import { peopleToAskQuery } from '../tasks/tasksQueries.ts';

const mostShown = 5;

/** The mention that is being typed at the end of a text: what stands behind the @; null where none is. */
function mentionBegun(text: string): string | null {
  return /(?:^|[\s(])@([\w.-]*)$/.exec(text)?.[1] ?? null;
}

interface MentionsProps {
  readonly text: string;
  readonly onTake: (text: string) => void;
}

/** Whom the text may mean; taking one completes it. */
export function Mentions({ text, onTake }: MentionsProps) {
  const begun = mentionBegun(text);
  const [{ data }] = useQuery({ query: peopleToAskQuery, variables: {}, pause: begun === null });
  if (begun === null || !data) return null;
  const sought = begun.toLowerCase();
  const found = data.people.filter(
    ({ handle, name }) => handle.startsWith(sought) || name.toLowerCase().includes(sought),
  );
  if (found.length === 0) return null;
  return (
    <div className="work-actions mentions" role="group" aria-label="People to mention">
      {found.slice(0, mostShown).map(({ id, handle, name }) => (
        <button
          key={id}
          type="button"
          className="link-button"
          onClick={() => onTake(`${text.slice(0, text.length - begun.length)}${handle} `)}
        >
          {name} <span className="muted">@{handle}</span>
        </button>
      ))}
    </div>
  );
}
