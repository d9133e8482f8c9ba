/** Ends that are still to come, the earliest first, then the lower index: a binary heap over parallel arrays, for hundreds of thousands of them. */
export class Endings {
  readonly #due: number[] = [];
  readonly #indices: number[] = [];
  readonly #endsAt: number[] = [];

  /** `due` is when the end was received, `endsAt` when it was; epoch milliseconds. */
  add(due: number, index: number, endsAt: number): void {
    let at = this.#due.length;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.#isAfter(up, due, index)) break;
      this.#move(up, at);
      at = up;
    }
    this.#put(at, due, index, endsAt);
  }

  /** Takes out every end that is due by then, in order. */
  takeUntil(time: number, take: (index: number, endsAt: number, due: number) => void): void {
    for (let due = this.#due[0]; due !== undefined && due <= time; due = this.#due[0]) {
      const index = this.#indices[0] ?? 0;
      const endsAt = this.#endsAt[0] ?? 0;
      this.#removeFirst();
      take(index, endsAt, due);
    }
  }

  #removeFirst(): void {
    const due = this.#due.pop() ?? 0;
    const index = this.#indices.pop() ?? 0;
    const endsAt = this.#endsAt.pop() ?? 0;
    const size = this.#due.length;
    if (size === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && this.#isAfter(child, this.#due[right] ?? 0, this.#indices[right] ?? 0)) child = right;
      if (this.#isAfter(child, due, index)) break;
      this.#move(child, at);
      at = child;
    }
    this.#put(at, due, index, endsAt);
  }

  /** Of what is due at once the lower index goes first. */
  #isAfter(at: number, due: number, index: number): boolean {
    const own = this.#due[at] ?? 0;
    return own > due || (own === due && (this.#indices[at] ?? 0) > index);
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#due[from] ?? 0, this.#indices[from] ?? 0, this.#endsAt[from] ?? 0);
  }

  #put(at: number, due: number, index: number, endsAt: number): void {
    this.#due[at] = due;
    this.#indices[at] = index;
    this.#endsAt[at] = endsAt;
  }
}
