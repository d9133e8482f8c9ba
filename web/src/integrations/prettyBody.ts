/** Laid out where it is JSON, else as it came; control characters are shown as their pictures. */
export function prettyBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
    return body.replace(/[\u0000-\u0008\u000b-\u001f]/g, (each) => String.fromCodePoint(0x2400 + each.charCodeAt(0)));
  }
}
