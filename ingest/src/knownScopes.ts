import type { StoredScope } from '@tocsin/schema/postgres/incidentScope';

interface Span {
  readonly firstAt: number;
  readonly lastAt: number;
}

/**
 * What this process knows to be stored of the incidents' scopes. They only ever widen, so what lies within needs no
 * writing: a storm on one incident names the same service a thousand times a minute.
 */
export class KnownScopes {
  readonly #known = new Map<string, Span>();
  readonly #limit: number;

  /** @param limit scopes kept; the oldest go first */
  constructor(limit = 50_000) {
    this.#limit = limit;
  }

  /** Those of them that say something new. */
  news(scopes: readonly StoredScope[]): readonly StoredScope[] {
    return scopes.filter((each) => {
      const known = this.#known.get(nameOf(each));
      return known === undefined || each.scope.firstAt < known.firstAt || each.scope.lastAt > known.lastAt;
    });
  }

  /** After the commit, and only then. */
  remember(written: readonly StoredScope[]): void {
    for (const each of written) {
      const name = nameOf(each);
      const known = this.#known.get(name);
      const { firstAt, lastAt } = each.scope;
      this.#known.delete(name);
      this.#known.set(name, {
        firstAt: Math.min(firstAt, known?.firstAt ?? firstAt),
        lastAt: Math.max(lastAt, known?.lastAt ?? lastAt),
      });
      if (this.#known.size <= this.#limit) continue;
      const oldest = this.#known.keys().next();
      if (!oldest.done) this.#known.delete(oldest.value);
    }
  }
}

function nameOf({ incidentId, scope: { kind, value, environment } }: StoredScope): string {
  return `${incidentId} ${kind} ${environment ?? ''} ${value}`;
}
