import { lazy, Suspense } from 'react';

const Rendered = lazy(async () => ({ default: (await import('./Markdown.tsx')).Markdown }));

/** {@link Markdown}, whose parser is loaded when there is something to show; until then the text as it was written. */
export function LazyMarkdown({ text }: { readonly text: string }) {
  return (
    <Suspense fallback={<p className="markdown-raw">{text}</p>}>
      <Rendered text={text} />
    </Suspense>
  );
}
