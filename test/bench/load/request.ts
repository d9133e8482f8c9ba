/** What one load consists of; plain data, because it travels to another process. */
export interface Load {
  readonly url: string;
  readonly secret: string;
  readonly connections: number;
  readonly alertsPerRequest: number;
  readonly seconds: number;
  /** Sends each label set once and ends, instead of running for `seconds`. */
  readonly isSeed: boolean;
  readonly labelSets: LabelSets;
}

/** Which alerts are sent. `run` keeps the label sets of one round apart from those of every other. */
export interface LabelSets {
  readonly run: number;
  /** ISO instant, the start of every alert of the run. */
  readonly startsAt: string;
  /** New: never the same twice. Else how many there are, taken in turn or at random. */
  readonly choice: 'new' | 'inTurn' | 'random';
  readonly count: number;
}

/** As many services as a middling company has; each is one incident while it burns. */
export const serviceCount = 100;

export function serviceOf(id: number): string {
  return `service-${String(id % serviceCount).padStart(3, '0')}`;
}

export function instanceOf(id: number): string {
  return id.toString(16).padStart(8, '0');
}

/** About 330 bytes, the size of a plain alert. Every id gives the same length, so a request is patched in place. */
function alertText({ run, startsAt }: Pick<LabelSets, 'run' | 'startsAt'>, id: number): string {
  const labels = {
    alertname: 'QueueGrows',
    severity: 'high',
    environment: 'production',
    service: serviceOf(id),
    instance: `run${String(run).padStart(4, '0')}-${instanceOf(id)}`,
  };
  const annotations = { summary: 'The queue has grown for ten minutes' };
  return JSON.stringify({ labels, annotations, startsAt, generatorURL: 'http://prometheus.example/graph?g0.expr=up' });
}

/** One connection's request, written once; only ids change from one sending to the next. */
export class PatchedRequest {
  readonly #bytes: Buffer;
  readonly #places: readonly { readonly service: number; readonly instance: number }[];

  constructor({ url, secret, alertsPerRequest, labelSets }: Load) {
    const { host } = new URL(url);
    const alerts = Array.from({ length: alertsPerRequest }, () => alertText(labelSets, 0));
    const body = `[${alerts.join(',')}]`;
    const head = [
      'POST /api/v2/alerts HTTP/1.1',
      `Host: ${host}`,
      'Content-Type: application/json',
      `Authorization: Bearer ${secret}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.#bytes = Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1');
    const start = this.#bytes.length - body.length;
    const [alert = ''] = alerts;
    const service = alert.indexOf(serviceOf(0));
    const instance = alert.indexOf(instanceOf(0), service);
    this.#places = alerts.map((_, index) => {
      const offset = start + 1 + index * (alert.length + 1);
      return { service: offset + service, instance: offset + instance };
    });
  }

  /** The request with these label sets. The bytes are the same memory each time: send one at a time. */
  with(ids: () => number): Buffer {
    for (const { service, instance } of this.#places) {
      const id = ids();
      this.#bytes.write(serviceOf(id), service, 'latin1');
      this.#bytes.write(instanceOf(id), instance, 'latin1');
    }
    return this.#bytes;
  }
}
