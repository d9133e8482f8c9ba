import type { Sink } from 'graphql-ws';
import { describe, expect, it, vi } from 'vitest';
import { subscribeResuming } from './subscribeResuming.ts';

interface Call {
  readonly variables: Record<string, unknown> | null | undefined;
  readonly sink: Sink<never>;
}

function fakeSocket() {
  const calls: Call[] = [];
  const subscribe = (payload: { variables?: Record<string, unknown> | null }, sink: Sink<never>) => {
    calls.push({ variables: payload.variables, sink });
    return () => {};
  };
  return { calls, socket: { subscribe } };
}

const edge = (cursor: string) => ({ data: { incidentEvents: { cursor } } });
const request = { query: 'subscription', variables: { after: 'c0' } };
const wait = () => Promise.resolve();

function started(restart = () => Promise.resolve<string | null>('head')) {
  const { calls, socket } = fakeSocket();
  const onAnswer = vi.fn();
  // The fake speaks only the part of the protocol client that is used.
  const end = subscribeResuming(request, { socket: socket as never, restart, onAnswer, wait });
  const push = (call: number, answer: unknown) => calls[call]?.sink.next(answer as never);
  return { calls, onAnswer, end, push };
}

describe('a resuming subscription', () => {
  it('goes on after the last event it saw when the server ends it', async () => {
    const { calls, push } = started();
    push(0, edge('c1'));
    push(0, edge('c2'));
    calls[0]?.sink.complete();
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    expect(calls[1]?.variables).toEqual({ after: 'c2' });
  });

  it('moves the cursor in the payload that is sent again after a reconnect', () => {
    const { calls, push } = started();
    push(0, edge('c1'));
    expect(calls[0]?.variables).toEqual({ after: 'c1' });
  });

  it('refetches and starts from the head of the log when its cursor has expired', async () => {
    const restart = vi.fn(() => Promise.resolve('head'));
    const { calls } = started(restart);
    calls[0]?.sink.error([{ message: 'too old', extensions: { code: 'CURSOR_EXPIRED' } }]);
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    expect(restart).toHaveBeenCalledOnce();
    expect(calls[1]?.variables).toEqual({ after: 'head' });
  });

  it('starts over when the server has another log than the one the cursor is from', async () => {
    const { calls } = started();
    calls[0]?.sink.error([{ message: 'beyond the end', extensions: { code: 'INVALID_INPUT', field: 'after' } }]);
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    expect(calls[1]?.variables).toEqual({ after: 'head' });
  });

  it('does not show the expiry itself as an answer', async () => {
    const { calls, onAnswer, push } = started();
    push(0, { errors: [{ message: 'too old', extensions: { code: 'CURSOR_EXPIRED' } }] });
    calls[0]?.sink.complete();
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    expect(onAnswer).not.toHaveBeenCalled();
  });

  it('stays ended when it was ended', async () => {
    const { calls, end, push, onAnswer } = started();
    end();
    push(0, edge('c1'));
    calls[0]?.sink.complete();
    await Promise.resolve();
    expect(calls).toHaveLength(1);
    expect(onAnswer).not.toHaveBeenCalled();
  });
});
