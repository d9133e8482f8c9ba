import { CannotStart } from '../postgres/cannotStart.js';
import { ConfigError } from './configError.js';

/** What to say when a process cannot start: one sentence where the user can do something about it, else the stack. */
export function startFailureText(error: unknown): string {
  if (error instanceof CannotStart || error instanceof ConfigError) return error.message;
  if (error instanceof Error && error.name === 'CannotOpenClickHouse') return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${String(error.port)} is taken: stop what listens there, or set TOCSIN_PORT to another one.`;
  }
  if (error instanceof Error && 'code' in error && error.code === 'EADDRNOTAVAIL') {
    return 'This machine has no such address: set TOCSIN_HOST to one of its own, such as 127.0.0.1.';
  }
  if (error instanceof Error && 'code' in error && error.code === 'EACCES' && 'port' in error) {
    return `Port ${String(error.port)} is reserved for root: set TOCSIN_PORT to one above 1023.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
