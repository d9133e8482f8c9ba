import pg from 'pg';

export interface ListenOptions {
  readonly connectionString: string;
  readonly applicationName: string;
  readonly channels: readonly string[];
  /** A notification came; without a payload: any may have been missed while the connection was down. */
  readonly onNotify: (channel: string, payload: string) => void;
  readonly onError?: (error: Error) => void;
}

export interface Listener {
  /** False while whoever listens must rely on its poll. */
  readonly isConnected: () => boolean;
  readonly stop: () => Promise<void>;
}

/** Longest pause between two attempts to connect again. */
const longestPauseMs = 2_000;

/** Holds one LISTEN connection for as long as the process lives, through restarts of Postgres. */
export function listen(options: ListenOptions): Listener {
  const { channels, onNotify, onError = () => undefined } = options;
  let client: pg.Client | null = null;
  let isStopping = false;
  let isConnected = false;
  let pauseMs = 50;
  let timer: NodeJS.Timeout | null = null;

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: options.connectionString,
      application_name: options.applicationName,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
    });
    client = next;
    const again = (): void => {
      if (client !== next || isStopping) return;
      client = null;
      isConnected = false;
      timer = setTimeout(() => void connect(), pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    };
    next.on('error', (error) => (onError(error), again()));
    next.on('end', again);
    next.on('notification', (message) => onNotify(message.channel, message.payload ?? ''));
    try {
      await next.connect();
      for (const channel of channels) await next.query(`listen ${next.escapeIdentifier(channel)}`);
      pauseMs = 50;
      isConnected = true;
      for (const channel of channels) onNotify(channel, '');
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)));
      await next.end().catch(() => undefined);
      again();
    }
  }

  void connect();
  return {
    isConnected: () => isConnected,
    stop: async () => {
      isStopping = true;
      if (timer) clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
