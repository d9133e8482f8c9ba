const refetchers = new Set<() => void>();

/** Registers what to do when everything on screen may be out of date. Returns the way out. */
export function onRefetchAll(refetch: () => void): () => void {
  refetchers.add(refetch);
  return () => refetchers.delete(refetch);
}

/** Asks the server again for everything on screen; what is shown stays until the answers come. */
export function refetchAll(): void {
  for (const refetch of refetchers) refetch();
}
