interface MarkdownStep {
  /** From 0, in the order of the text. */
  readonly step: number;
  readonly text: string;
}

const fence = /^ {0,3}(```+|~~~+)/;
const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s+\[[ xX]\]\s+(\S.*)$/;
const mostSteps = 500;

/** The task list items (`- [ ] …`) of a markdown text, from 0; not those within fenced code. */
export function runbookSteps(body: string): readonly MarkdownStep[] {
  const steps: MarkdownStep[] = [];
  let open: string | null = null;
  for (const line of body.split(/\r?\n/)) {
    const mark = fence.exec(line)?.[1] ?? null;
    if (mark !== null) {
      if (open === null) open = mark;
      else if (mark.startsWith(open)) open = null;
      continue;
    }
    const text = open === null ? item.exec(line)?.[1]?.trim() : undefined;
    if (text !== undefined && steps.length < mostSteps) steps.push({ step: steps.length, text });
  }
  return steps;
}
