import { type ComponentProps, createContext, use } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import './markdown.css';

interface Steps {
  /** Which task list items are done, from 0. */
  readonly done: ReadonlySet<number>;
  /** Null: they are to be looked at alone. */
  readonly onTick: ((step: number, isTicked: boolean) => void) | null;
}

interface MarkdownProps {
  readonly text: string;
  /** Makes the task list items tickable. */
  readonly steps?: Steps;
}

const StepsContext = createContext<Steps | null>(null);

interface Node {
  readonly type: string;
  readonly tagName?: string;
  readonly children?: readonly Node[];
  properties?: Record<string, unknown>;
}

/** Numbers the checkboxes of the tree, so that each knows which step it is. */
function numberSteps() {
  return (tree: Node): void => {
    let step = 0;
    const visit = (node: Node): void => {
      if (node.tagName === 'input') node.properties = { ...node.properties, 'data-step': step++ };
      node.children?.forEach(visit);
    };
    visit(tree);
  };
}

const followable = (url: string): string => (/^(?:https?:\/\/|mailto:)/i.test(url) ? url : '');

function Anchor({ href, children }: ComponentProps<'a'>) {
  if (!href) return <>{children}</>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

function Picture({ src, alt }: ComponentProps<'img'>) {
  return <Anchor href={typeof src === 'string' ? src : undefined}>{alt || 'picture'}</Anchor>;
}

function Box({ checked, ...props }: ComponentProps<'input'>) {
  const steps = use(StepsContext);
  const step = Number(Reflect.get(props, 'data-step'));
  const onTick = steps?.onTick ?? null;
  return (
    <input
      type="checkbox"
      aria-label={`Step ${step + 1}`}
      checked={steps ? steps.done.has(step) : checked === true}
      disabled={onTick === null}
      onChange={(event) => onTick?.(step, event.currentTarget.checked)}
    />
  );
}

/** The page has its one `h1` already: headings of a text come below it. */
const headings = { h1: 'h2', h2: 'h3', h3: 'h4', h4: 'h5', h5: 'h6' } as const;
const components: Components = { ...headings, a: Anchor, img: Picture, input: Box };
const remarkPlugins = [remarkGfm];
const rehypePlugins = [numberSteps];

/**
 * A markdown text: no HTML of its own passes, links lead to http, https or mailto and open beside the dashboard, and a picture
 * is a link to it, because fetching it would tell its host who reads.
 */
export function Markdown({ text, steps }: MarkdownProps) {
  return (
    <div className="markdown">
      <StepsContext value={steps ?? null}>
        <ReactMarkdown
          remarkPlugins={remarkPlugins}
          rehypePlugins={rehypePlugins}
          urlTransform={followable}
          components={components}
        >
          {text}
        </ReactMarkdown>
      </StepsContext>
    </div>
  );
}
