import { describe, expect, it } from 'vitest';
import { createLogger, withoutSecrets } from './logger.js';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  write(createLogger({ name: 'test', level: 'debug', output: { write: (line) => lines.push(line) } }));
  return lines.join('');
}

describe('the log', () => {
  const secret = 'hunter2hunter2hunter2';

  it.each([
    ['a field by its name', (log) => log.info({ secret, integration: { token: secret } })],
    ['a header', (log) => log.info({ req: { headers: { authorization: `Bearer ${secret}` } } })],
    ['the URL of a webhook', (log) => log.info({ req: { url: `/webhooks/alertmanager/${secret}` } })],
    ['a header quoted in a text', (log) => log.info(`refused: Authorization: Bearer ${secret}`)],
    [
      'a connection string in an error',
      (log) => log.error(new Error(`no route to postgres://tocsin:${secret}@db:5432/tocsin`)),
    ],
  ] satisfies [string, (logger: ReturnType<typeof createLogger>) => void][])(
    'never shows a secret in %s',
    (_where, write) => {
      const line = logged(write);
      expect(line).not.toContain(secret);
      expect(line).toContain('[secret]');
      expect(() => JSON.parse(line) as unknown).not.toThrow();
    },
  );

  it('leaves everything else as it was', () => {
    const text = '{"url":"/webhooks/alertmanager","link":"https://grafana.example.com:3000/d/x?a=b@c","service":"api"}';
    expect(withoutSecrets(text)).toBe(text);
  });
});
