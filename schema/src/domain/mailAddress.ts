/** One plain address as it stands in an envelope: no name, no list, no comment, nothing that ends a header line. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>()[\]",:;\\]{1,64}@[^\s@<>()[\]",:;\\]+$/.test(text) && !hasControls(text);
}

function hasControls(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  return /[\u0000-\u001f\u007f-\u009f]/.test(text);
}
