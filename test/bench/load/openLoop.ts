import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answers.js';
import { PatchedRequest, type Load } from './request.js';

export interface Sent {
  /** When the request of each id was written, on the clock of `performance.now()`. */
  readonly at: ReadonlyMap<number, number>;
  /** Ids whose request was answered 2xx. */
  readonly accepted: ReadonlySet<number>;
}

interface Idle {
  readonly socket: Socket;
  readonly request: PatchedRequest;
  answered: (status: number) => void;
}

/**
 * Sends one alert a request at a fixed rate whatever becomes of them: nobody waits for an answer before sending the
 * next, so a product that stalls is not spared by it. Resolves when all are answered.
 */
export async function runOpenLoop(load: Load, perSecond: number): Promise<Sent> {
  const at = new Map<number, number>();
  const accepted = new Set<number>();
  const idle: Idle[] = [];
  const pending: Promise<void>[] = [];
  const sockets: Socket[] = [];
  const total = Math.round(perSecond * load.seconds);
  const startedAt = performance.now();

  async function send(id: number): Promise<void> {
    const lane = idle.pop() ?? (await openLane(load, sockets));
    const status = await new Promise<number>((resolve) => {
      lane.answered = resolve;
      at.set(id, performance.now());
      lane.socket.write(lane.request.with(() => id));
    });
    if (status >= 200 && status < 300) accepted.add(id);
    idle.push(lane);
  }

  idle.push(...(await Promise.all(Array.from({ length: load.connections }, () => openLane(load, sockets)))));
  for (let id = 0; id < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1_000) * perSecond) + 1);
    while (id < due) pending.push(send(id++));
    await new Promise((resolve) => setTimeout(resolve, Math.min(1_000 / perSecond, 5)));
  }
  await Promise.all(pending);
  for (const socket of sockets) socket.destroy();
  return { at, accepted };
}

function openLane(load: Load, sockets: Socket[]): Promise<Idle> {
  const { hostname, port } = new URL(load.url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  sockets.push(socket);
  const reader = new AnswerReader();
  const lane: Idle = { socket, request: new PatchedRequest(load), answered: () => undefined };
  socket.on('data', (bytes) => {
    const status = reader.take(bytes);
    if (status !== null) lane.answered(status);
  });
  // An unanswered request counts as not accepted.
  socket.on('close', () => lane.answered(0));
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(lane)).once('error', reject);
  });
}
