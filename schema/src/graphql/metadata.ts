/**
 * type-graphql asks `Reflect.getMetadata` for the emitted type of every decorated member and insists that it exists.
 * Every decorator of ours names its type, so there is nothing to find and no polyfill to load. Import this first.
 */
if (!('getMetadata' in Reflect)) Object.defineProperty(Reflect, 'getMetadata', { value: () => undefined });

export {};
