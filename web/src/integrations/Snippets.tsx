import { CopyButton } from '../ui/CopyButton.tsx';
import type { IntegrationDetails } from './integrationsQueries.ts';
import { secretPlaceholder, withSecret } from './withSecret.ts';

interface SnippetsProps {
  readonly snippets: IntegrationDetails['snippets'];
  /** Null: the placeholder stays where the secret goes. */
  readonly secret: string | null;
}

/** What to paste into the sender. */
export function Snippets({ snippets, secret }: SnippetsProps) {
  return snippets.map(({ title, code, explanation }) => (
    <figure key={title} className="snippet">
      <figcaption>
        <span className="snippet-title">{title}</span>
        <CopyButton text={withSecret(code, secret)} label={`Copy ${title}`} />
      </figcaption>
      <pre tabIndex={0}>
        <code>
          {code.split(secretPlaceholder).map((part, index) => (
            // The parts of one snippet never change places.
            <span key={index}>
              {index > 0 && <mark>{secret ?? secretPlaceholder}</mark>}
              {part}
            </span>
          ))}
        </code>
      </pre>
      <p className="muted">{explanation}</p>
    </figure>
  ));
}
