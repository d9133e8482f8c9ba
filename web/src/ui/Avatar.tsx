import { initialsOf } from './people.ts';

/** Decoration: the name always stands beside it, or in the label of what holds it. */
export function Avatar({ name }: { readonly name: string }) {
  return (
    <span className="avatar" aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}
