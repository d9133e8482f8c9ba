/** Names under which clouds hand out credentials. */
const metadataNames: ReadonlySet<string> = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'instance-data',
  'instance-data.ec2.internal',
]);

/** 169.254.0.0/16, fe80::/10, their IPv4-mapped forms, and the metadata addresses of clouds that lie elsewhere. */
export function isForbiddenAddress(address: string): boolean {
  const text = address.toLowerCase();
  return (
    /^(::ffff:)?169\.254\./.test(text) ||
    text.startsWith('::ffff:a9fe:') ||
    /^fe[89ab][0-9a-f]:/.test(text) ||
    ['fd00:ec2::254', '100.100.100.200', '::ffff:100.100.100.200', '::ffff:6464:64c8'].includes(text)
  );
}

/** Whether a host, as a parsed URL has it, says by itself that nothing there is asked. Where a name leads, only a look-up tells. */
export function isForbiddenHost(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  return isForbiddenAddress(host) || metadataNames.has(host);
}
