import { destination, pino, type DestinationStream, type Logger } from 'pino';

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly name: string;
  readonly level: string;
  /** @default standard output */
  readonly output?: DestinationStream;
}

/** Fields that hold a secret by their name, at the top and one level down. */
const secretFields = ['secret', 'token', 'password', 'adminToken', 'bootstrapSecret', 'databaseUrl', 'clickhouseUrl'];
const secretHeaders = ['authorization', 'cookie', 'x-tocsin-token'];

/** Structured logs, one JSON object a line; whatever looks like a secret is gone before the line is written. */
export function createLogger(options: LoggerOptions): Logger {
  const output = options.output ?? destination(1);
  const paths = [
    ...secretFields.flatMap((field) => [field, `*.${field}`]),
    ...secretHeaders.flatMap((header) => [`headers["${header}"]`, `*.headers["${header}"]`]),
  ];
  return pino(
    { name: options.name, level: options.level, redact: { paths, censor: '[secret]' } },
    { write: (line: string) => output.write(withoutSecrets(line)) },
  );
}

/**
 * Secrets stand inside texts too: in the URL of a webhook (`/webhooks/<source>/<secret>`), in a connection string, in
 * a header quoted by an error. One expression over the finished line finds them wherever they came from.
 */
const secretTexts =
  /(\/webhooks\/[\w-]+\/)[^\s"?#\\/]+|(:\/\/[^\s:/@"\\]*:)[^\s@/"\\]+(?=@)|\b((?:Bearer|Basic) )[\w.~+/=-]+/gi;

export function withoutSecrets(text: string): string {
  return text.replace(secretTexts, (_match, webhook?: string, url?: string, scheme?: string) => {
    return `${webhook ?? url ?? scheme ?? ''}[secret]`;
  });
}
