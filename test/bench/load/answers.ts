/**
 * Reads the answers of one HTTP/1.1 connection that has one request in flight: gives the status once the whole answer
 * is here. Knows lengths and chunks, and nothing else, so that the load costs little of the cores it shares.
 */
export class AnswerReader {
  #text = '';

  /** The status of the answer that these bytes complete, or null while some of it is missing. */
  take(bytes: Buffer): number | null {
    this.#text += bytes.toString('latin1');
    const headEnd = this.#text.indexOf('\r\n\r\n');
    if (headEnd < 0) return null;
    const head = this.#text.slice(0, headEnd).toLowerCase();
    const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
    const isComplete =
      length === undefined
        ? !head.includes('\r\ntransfer-encoding: chunked') || this.#text.endsWith('0\r\n\r\n')
        : this.#text.length >= headEnd + 4 + Number(length);
    if (!isComplete) return null;
    const status = Number(head.slice(9, 12));
    this.#text = '';
    return status;
  }
}
