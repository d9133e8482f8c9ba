const mention = /(?<![\w@/.-])@([a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?)/gi;
/** Fenced blocks and inline code: what stands there is meant as it is written. */
const code = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g;
const mostMentions = 50;

/** The handles that a text names as `@handle`, in lower case and each once; not those within code. Whether they exist is asked elsewhere. */
export function mentionsOf(text: string): readonly string[] {
  const found = [...text.replace(code, ' ').matchAll(mention)].map(([, handle = '']) => handle.toLowerCase());
  return [...new Set(found)].slice(0, mostMentions);
}
