import { type ClockOffset, correctionOf, withSample } from '../../core/clock-offset.ts';
import type { Clock } from '../../use-cases/ports.ts';

/** When an entity was written, as its ETag says: `W/"datetime'2026-11-21T10%3A00%3A00.1234567Z'"`. */
const WRITTEN_AT = /datetime'([^']+)'/;

/**
 * The storage service's clock, as far as its answers tell: the one clock that all instances share.
 * Azure Storage sends the HTTP `Date` with every answer, which is cut to the second. The answer to a
 * write tells the time far better: the ETag of a table's entity is when the entity was written.
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

  /** Makes a request that reads, and learns from the date of its answer. */
  async observe<T>(request: ObservedRequest<T>): Promise<T> {
    const sentAt = this.#clock.now();
    return request({
      onResponse: ({ headers }) => {
        this.#learn(sentAt, Date.parse(headers.get('date') ?? ''), 1000);
      },
    });
  }

  /** Makes a request that writes an entity, and learns from the entity's ETag. */
  async observeWrite<T>(request: ObservedRequest<T>): Promise<T> {
    const sentAt = this.#clock.now();
    return request({
      onResponse: ({ headers }) => {
        const [, writtenAt = ''] = WRITTEN_AT.exec(headers.get('etag') ?? '') ?? [];
        this.#learn(sentAt, Date.parse(writtenAt.replaceAll('%3A', ':')), 1);
      },
    });
  }

  #learn(sentAt: number, serverSecond: number, resolutionMs: number): void {
    if (Number.isNaN(serverSecond)) return;
    const sample = { sentAt, receivedAt: this.#clock.now(), serverSecond, resolutionMs };
    this.#offset = withSample(this.#offset, sample);
  }
}

/** A request that tells of its answer. */
type ObservedRequest<T> = (options: {
  onResponse: (response: DatedResponse) => void;
}) => Promise<T>;

/** The part of an answer that tells the time. */
export interface DatedResponse {
  readonly headers: { readonly get: (name: string) => string | null | undefined };
}
