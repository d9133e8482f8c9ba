const unknownMediaType = 'application/octet-stream';

/** What the first bytes are, of a short list; a browser is never let guess. */
const signatures: readonly (readonly [mediaType: string, offset: number, bytes: readonly number[]])[] = [
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
  ['application/pdf', 0, [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['application/zip', 0, [0x50, 0x4b, 0x03, 0x04]],
  ['application/gzip', 0, [0x1f, 0x8b]],
];

/**
 * The media type of a content by its own first bytes, whatever was claimed: plain text where it is UTF-8 without control
 * characters and no markup, else `application/octet-stream`.
 */
export function mediaTypeOf(content: Uint8Array): string {
  const known = signatures.find(([, offset, bytes]) => bytes.every((byte, at) => content[offset + at] === byte));
  if (known) return known[0];
  return isPlainText(content) ? 'text/plain; charset=utf-8' : unknownMediaType;
}

function isPlainText(content: Uint8Array): boolean {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return false;
  }
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  if (/[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/.test(text)) return false;
  // Markup could be meant for a browser: it is no text then.
  return !/^\ufeff?\s*<(?:!|\?|[a-z])/i.test(text);
}

const longestName = 200;

/** A file's name without its path, control and direction characters; null where nothing is left. */
export function fileNameOf(given: string): string | null {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  // oxlint-disable-next-line no-control-regex -- control characters are what it takes away
  const name = last.replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu, '').trim();
  return name === '' || name === '.' || name === '..' ? null : name.slice(-longestName);
}
