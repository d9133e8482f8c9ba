import { CopyButton } from '../ui/CopyButton.tsx';

interface ShownOnceProps {
  readonly text: string;
  readonly copyLabel: string;
  readonly note: string;
}

/** A link or secret that is readable here and never again. */
export function ShownOnce({ text, copyLabel, note }: ShownOnceProps) {
  return (
    <div className="once">
      <p className="dialog-text">{note}</p>
      <code className="once-text mono">{text}</code>
      <div>
        <CopyButton text={text} label={copyLabel} />
      </div>
    </div>
  );
}
