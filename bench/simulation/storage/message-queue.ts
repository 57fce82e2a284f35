import { EventHeap } from '../world/event-heap.ts';

/** What a message names. */
export interface Entry {
  readonly runId: string;
  readonly batch?: number;
}

export interface Message {
  readonly id: string;
  readonly entry: Entry;
  dequeueCount: number;
  visibleAt: number;
  /** Whoever holds the message proves it with this; it changes with every receipt. */
  popReceipt: number;
}

/** A queue of Azure Storage in memory: what is hidden comes back when its time is up. */
export class MessageQueue {
  readonly name: string;
  readonly #messages = new Map<string, Message>();
  /** By visibility; an entry whose message changed since is skipped. */
  readonly #byVisibility = new EventHeap<{ readonly id: string; readonly popReceipt: number }>();
  #sent = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Messages, hidden ones included: what Azure calls the approximate count. */
  get size(): number {
    return this.#messages.size;
  }

  isAnyVisible(now: number): boolean {
    this.#skipChanged();
    return this.#byVisibility.nextAt <= now;
  }

  send(entry: Entry, visibleAt: number): string {
    const id = `${this.name}-${this.#sent++}`;
    const message = { id, entry, visibleAt, dequeueCount: 0, popReceipt: 0 };
    this.#messages.set(id, message);
    this.#byVisibility.add(visibleAt, { id, popReceipt: 0 });
    return id;
  }

  /** Takes visible messages, at most `count`, and hides them for `hiddenMs`. */
  receive(count: number, now: number, hiddenMs: number): Message[] {
    const received: Message[] = [];
    while (received.length < count && this.isAnyVisible(now)) {
      const message = this.#messages.get(this.#byVisibility.take()?.id ?? '');
      if (message === undefined) continue;
      message.dequeueCount++;
      this.#hide(message, now + hiddenMs);
      received.push({ ...message });
    }
    return received;
  }

  /** Changes when a held message comes back; nothing when it has another holder by now. */
  update({ id, popReceipt }: Message, visibleAt: number): number | undefined {
    const message = this.#messages.get(id);
    if (message?.popReceipt !== popReceipt) return undefined;
    this.#hide(message, visibleAt);
    return message.popReceipt;
  }

  /** Removes a held message; nothing when it has another holder by now. */
  remove({ id, popReceipt }: Message): void {
    if (this.#messages.get(id)?.popReceipt === popReceipt) this.#messages.delete(id);
  }

  #hide(message: Message, visibleAt: number): void {
    message.visibleAt = visibleAt;
    const popReceipt = ++message.popReceipt;
    this.#byVisibility.add(visibleAt, { id: message.id, popReceipt });
  }

  #skipChanged(): void {
    for (;;) {
      const first = this.#byVisibility.first;
      if (first === undefined) return;
      if (this.#messages.get(first.id)?.popReceipt === first.popReceipt) return;
      this.#byVisibility.take();
    }
  }
}
