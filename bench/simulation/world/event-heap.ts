interface Entry<T> {
  readonly at: number;
  /** The place in the order of adding, so that what is due together comes first in, first out. */
  readonly order: number;
  readonly value: T;
}

/** What is due later, the earliest first: a binary heap, so that a million entries cost little each. */
export class EventHeap<T> {
  readonly #entries: Entry<T>[] = [];
  #added = 0;

  get size(): number {
    return this.#entries.length;
  }

  /** When the earliest entry is due; `Infinity` without entries. */
  get nextAt(): number {
    return this.#entries[0]?.at ?? Infinity;
  }

  /** The earliest entry's value, which stays. */
  get first(): T | undefined {
    return this.#entries[0]?.value;
  }

  add(at: number, value: T): void {
    const entry = { at, order: this.#added++, value };
    let place = this.#entries.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = this.#entries[parent];
      if (above === undefined || isBefore(above, entry)) break;
      this.#entries[place] = above;
      place = parent;
    }
    this.#entries[place] = entry;
  }

  /** Takes the earliest entry out; `undefined` without entries. */
  take(): T | undefined {
    const [first] = this.#entries;
    const last = this.#entries.pop();
    if (first === undefined || last === undefined) return undefined;
    if (this.#entries.length > 0) this.#sink(last);
    return first.value;
  }

  /** Puts an entry in place of the first one, then below every entry that is due before it. */
  #sink(entry: Entry<T>): void {
    const entries = this.#entries;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const [a, b] = [entries[left], entries[left + 1]];
      const [child, below] = a && b && isBefore(b, a) ? [left + 1, b] : [left, a];
      if (below === undefined || isBefore(entry, below)) break;
      entries[place] = below;
      place = child;
    }
    entries[place] = entry;
  }
}

function isBefore(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
