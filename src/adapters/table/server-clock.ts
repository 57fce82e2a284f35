import { type ClockOffset, correctionOf, withSample } from '../../core/clock-offset.ts';
import type { Clock } from '../../use-cases/ports.ts';

/**
 * The storage service's clock, as far as its answers tell: the one clock that all instances share.
 * Azure Storage sends the HTTP `Date` with every answer.
 */
export class ServerClock {
  readonly #clock: Clock;
  #offset: ClockOffset | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** ms since the epoch */
  now(): number {
    return this.#clock.now() + (this.#offset === undefined ? 0 : correctionOf(this.#offset));
  }

  /** Makes a request and learns from the date of its answer. */
  async observe<T>(
    request: (options: { onResponse: (response: DatedResponse) => void }) => Promise<T>,
  ): Promise<T> {
    const sentAt = this.#clock.now();
    return request({
      onResponse: ({ headers }) => {
        const serverSecond = Date.parse(headers.get('date') ?? '');
        if (Number.isNaN(serverSecond)) return;
        const sample = { sentAt, receivedAt: this.#clock.now(), serverSecond };
        this.#offset = withSample(this.#offset, sample);
      },
    });
  }
}

/** The part of an answer that tells the time. */
export interface DatedResponse {
  readonly headers: { readonly get: (name: string) => string | undefined };
}
