import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import type { Logger } from 'pino';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { addressOf, type IsTrusted } from '../auth/address.js';
import { type AdmissionRules, refusalOfOrigin } from '../auth/admission.js';
import { endWithRights } from '../auth/revocation.js';
import { liveCloseCodes, createLiveSocket, type LiveSocket } from './socket.js';
import { type Connection, type OperationOptions, operationHandlers } from './operations.js';

export interface SocketServer {
  /** Takes WebSocket upgrades of `path` on this HTTP server. */
  readonly attach: (server: Server, path: string) => void;
  readonly connectionCount: () => number;
  readonly cutOffCount: () => number;
  /** Closes every connection with {@link liveCloseCodes.goingAway}; those that do not answer in time are cut. */
  readonly stop: () => Promise<void>;
}

export interface SocketServerOptions extends OperationOptions {
  readonly rules: AdmissionRules;
  readonly isTrustedProxy: IsTrusted;
  readonly logger: Logger;
}

/** A client's messages are queries and variables: small. */
const largestMessage = 512 * 1024;
const pingMs = 12_000;
const closeWithinMs = 2_000;

export function createSocketServer(options: SocketServerOptions): SocketServer {
  const { rules, logger, isTrustedProxy, services } = options;
  const protocol = makeServer(operationHandlers(options));
  // Compression would cost a hundred times what it saves on a loopback or a LAN, per subscriber.
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    perMessageDeflate: false,
    handleProtocols,
  });
  let cutOffs = 0;
  const rights = endWithRights(services.viewers);

  function onConnection(socket: WebSocket, request: IncomingMessage): void {
    const live = createLiveSocket(socket, () => {
      cutOffs++;
      logger.warn('a live subscriber was too slow and was cut off');
    });
    const opened = { cookie: request.headers.cookie, address: addressOf(request, isTrustedProxy) };
    const connection: Connection = { live, socket, opened, token: undefined, found: null };
    rights.add(connection);
    const stopPinging = pingRegularly(socket);
    const closed = protocol.opened(socketOf(socket, live, logger), connection);
    // A socket that fails closes next; without a listener the failure would end the process.
    socket.on('error', (error) => logger.debug({ err: error }, 'a WebSocket failed'));
    socket.once('close', (code, reason) => {
      stopPinging();
      rights.remove(connection);
      closed(code, reason.toString()).catch((error: unknown) =>
        logger.warn({ err: error }, 'closing a WebSocket failed'),
      );
    });
  }

  return {
    attach: (server, path) => {
      server.on('upgrade', (request, stream, head) => {
        // Compared as text: a stranger may send what no URL parser takes, and nobody catches what is thrown here.
        if ((request.url ?? '').split('?')[0] !== path) {
          if (server.listenerCount('upgrade') === 1) refuse(stream, '404 Not Found');
          return;
        }
        stream.on('error', () => stream.destroy());
        const refusal = refusalOfOrigin(rules, headersOf(request));
        if (refusal) return refuse(stream, `${refusal.status} Forbidden`, refusal.message);
        sockets.handleUpgrade(request, stream, head, onConnection);
      });
    },
    connectionCount: () => sockets.clients.size,
    cutOffCount: () => cutOffs,
    stop: () => {
      rights.stop();
      return stopAll(sockets);
    },
  };
}

function headersOf({ headers }: IncomingMessage) {
  return { host: headers.host, origin: headers.origin };
}

function refuse(stream: Duplex, status: string, message = ''): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\n\r\n${message}`);
}

/** The WebSocket as graphql-ws takes it: it hands over text and waits until there is room for more. */
function socketOf(
  socket: WebSocket,
  live: LiveSocket,
  logger: Logger,
): Parameters<ReturnType<typeof makeServer>['opened']>[0] {
  return {
    protocol: socket.protocol,
    send: (text) => live.send(text),
    close: (code, reason) => socket.close(code, reason),
    onMessage: (handle) => {
      socket.on('message', (data) => {
        handle(textOf(data)).catch((error: unknown) => {
          logger.error({ err: error }, 'a WebSocket message could not be handled');
          socket.close(CloseCode.InternalServerError, 'Internal server error');
        });
      });
    },
  };
}

/** With the default `binaryType` a message is one Buffer. */
function textOf(data: RawData): string {
  return Buffer.isBuffer(data) ? data.toString('utf8') : '';
}

/** A peer that went away without a word answers no ping: its subscriptions end here. */
function pingRegularly(socket: WebSocket): () => void {
  let isAlive = true;
  socket.on('pong', () => (isAlive = true));
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, pingMs);
  return () => clearInterval(timer);
}

async function stopAll(sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.close(liveCloseCodes.goingAway, 'Going away');
  const cut = setTimeout(() => {
    for (const client of sockets.clients) client.terminate();
  }, closeWithinMs);
  await new Promise<void>((resolve) => sockets.close(() => resolve()));
  clearTimeout(cut);
}
