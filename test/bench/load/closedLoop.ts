import { connect, type Socket } from 'node:net';
import { spreadOf, type Spread } from '../statistics.js';
import { AnswerReader } from './answers.js';
import { PatchedRequest, type Load } from './request.js';

/** What one load came to. Plain data, because it travels between processes. */
export interface LoadResult {
  /** Of the requests that were answered 2xx. */
  readonly alerts: number;
  readonly requests: number;
  /** Requests answered otherwise, by status. */
  readonly refused: Readonly<Record<string, number>>;
  /** From the first request to the last answer. */
  readonly seconds: number;
  /** From writing a request to the whole of its answer, milliseconds. */
  readonly latency: Spread;
}

/** Keeps `connections` requests in flight; each connection sends its next one when the last is answered. */
export async function runClosedLoop(load: Load): Promise<LoadResult> {
  const { connections, alertsPerRequest, isSeed, labelSets } = load;
  const took: number[] = [];
  const refused: Record<string, number> = {};
  const ids = idsOf(load);
  const startedAt = performance.now();
  const endsAt = startedAt + load.seconds * 1_000;
  let asked = 0;
  const mayAsk = (): boolean => (isSeed ? asked * alertsPerRequest < labelSets.count : performance.now() < endsAt);

  async function one(socket: Socket): Promise<void> {
    const request = new PatchedRequest(load);
    const answer = answersOf(socket);
    while (mayAsk()) {
      asked++;
      const sentAt = performance.now();
      socket.write(request.with(ids));
      const status = await answer();
      if (status >= 200 && status < 300) took.push(performance.now() - sentAt);
      else refused[status] = (refused[status] ?? 0) + 1;
    }
    socket.destroy();
  }

  const sockets = await Promise.all(Array.from({ length: connections }, () => open(load.url)));
  await Promise.all(sockets.map(one));
  return {
    alerts: took.length * alertsPerRequest,
    requests: took.length,
    refused,
    seconds: (performance.now() - startedAt) / 1_000,
    latency: spreadOf(took),
  };
}

function idsOf({ labelSets: { choice, count } }: Load): () => number {
  let next = 0;
  switch (choice) {
    case 'new':
      return () => next++;
    case 'inTurn':
      return () => next++ % count;
    case 'random':
      return () => Math.floor(Math.random() * count);
  }
}

function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    socket.once('connect', () => resolve(socket)).once('error', reject);
  });
}

/** Gives the next answer of the connection each time it is asked. */
function answersOf(socket: Socket): () => Promise<number> {
  const reader = new AnswerReader();
  let settle: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null;
  socket.on('data', (bytes) => {
    const status = reader.take(bytes);
    if (status !== null) settle?.resolve(status);
  });
  const fail = (error: Error): void => settle?.reject(error);
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The connection was closed before the answer came.')));
  return () => new Promise((resolve, reject) => (settle = { resolve, reject }));
}
