import { CopyButton } from '../ui/CopyButton.tsx';
import type { IntegrationDetails } from './integrationsQueries.ts';
import { secretPlaceholder, withSecret } from './withSecret.ts';
import './snippets.css';

interface SnippetsProps {
  readonly snippets: IntegrationDetails['snippets'];
  /** Null: the placeholder stays where the secret goes. */
  readonly secret: string | null;
}

/** A snippet names its secret once; the text before and after it stays as it is. */
function Code({ code, secret }: { readonly code: string; readonly secret: string | null }) {
  const [before = '', ...after] = code.split(secretPlaceholder);
  if (after.length === 0) return before;
  return (
    <>
      {before}
      <mark>{secret ?? secretPlaceholder}</mark>
      {withSecret(after.join(secretPlaceholder), secret)}
    </>
  );
}

/** What to paste into the sender. */
export function Snippets({ snippets, secret }: SnippetsProps) {
  return snippets.map(({ title, code, explanation }) => (
    <figure key={title} className="snippet">
      <figcaption>
        <span className="snippet-title">{title}</span>
        <CopyButton text={withSecret(code, secret)} label={`Copy ${title}`} />
      </figcaption>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard has to reach it */}
      <pre tabIndex={0}>
        <code>
          <Code code={code} secret={secret} />
        </code>
      </pre>
      <p className="muted">{explanation}</p>
    </figure>
  ));
}
