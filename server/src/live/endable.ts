/**
 * The generator with a `return` that takes effect at once. A generator that waits cannot be returned from until its wait
 * is over, and a subscriber may leave while nothing happens for hours: `onEnd` must end that wait.
 */
export function endable<T>(
  generator: AsyncGenerator<T, void, undefined>,
  onEnd: () => unknown,
): AsyncGenerator<T, void, undefined> {
  const stream: AsyncGenerator<T, void, undefined> = {
    next: () => generator.next(),
    return: async (value) => {
      await onEnd();
      return generator.return(value);
    },
    throw: async (error) => {
      await onEnd();
      return generator.throw(error);
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
