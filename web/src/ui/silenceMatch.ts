interface Labelled {
  readonly labels: readonly { readonly name: string; readonly value: string }[];
}

/** A CEL string. What JSON escapes CEL escapes too. */
const quoted = (text: string): string => JSON.stringify(text);

/** The CEL expression that matches alerts with the same labels; a silence starts from it and can be widened. */
export function silenceMatch({ labels }: Labelled): string {
  return labels.map(({ name, value }) => `labels[${quoted(name)}] == ${quoted(value)}`).join(' && ');
}
