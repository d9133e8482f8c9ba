/** A label as CEL reads it: by its name where that is an identifier, else as a key. */
function labelPath(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `labels.${name}` : `labels[${JSON.stringify(name)}]`;
}

/** The expression that also asks for the label; unchanged when it does so already. */
export function withCondition(match: string | null, name: string, value: string): string {
  const condition = `${labelPath(name)} == ${JSON.stringify(value)}`;
  const text = match?.trim() ?? '';
  if (text === '') return condition;
  if (text.includes(condition)) return text;
  return text.includes('||') ? `(${text}) && ${condition}` : `${text} && ${condition}`;
}
