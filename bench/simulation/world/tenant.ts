import { type Quotas, createQuotas } from '../../../dev/graph-simulator/quota/quotas.ts';
import { quotaSchema } from '../../../dev/graph-simulator/quota/quota-options.ts';
import type { EventClock } from './event-clock.ts';
import type { Fleet } from './fleet.ts';
import { WriteLog } from './write-log.ts';

/** An app of the same tenant that writes as well. */
export interface OtherApp {
  readonly writesPerSecond: number;
  /** How long after the beginning it stops, ms. */
  readonly stopsAfterMs: number;
}

/** What Graph says to one write. */
export interface Verdict {
  /** 0: admitted. */
  readonly retryAfterMs: number;
}

const APP_ID = 'fleet-sync';

/** An Intune tenant behind Graph: its fleet, its quotas as documented, and what was written to it. */
export class Tenant {
  readonly fleet: Fleet;
  readonly log = new WriteLog();
  readonly #quotas: Quotas;
  readonly #world: EventClock;

  constructor(world: EventClock, fleet: Fleet, otherApp?: OtherApp) {
    this.fleet = fleet;
    this.#world = world;
    const otherAppWritesPerSecond = otherApp?.writesPerSecond ?? 0;
    this.#quotas = createQuotas(quotaSchema.parse({ otherAppWritesPerSecond }));
    if (otherApp === undefined) return;
    world.schedule(otherApp.stopsAfterMs, () =>
      this.#quotas.change({ otherAppWritesPerSecond: 0 }, world.now()),
    );
  }

  /** Takes the writes of one call, each judged by itself; Graph asks to wait for whole seconds. */
  write(count: number): Verdict[] {
    const now = this.#world.now();
    const verdicts = Array.from({ length: count }, (): Verdict => {
      const application = { appId: APP_ID, category: 'devices', writes: 1, now } as const;
      const { waitMs } = this.#quotas.admit(application);
      return { retryAfterMs: Math.ceil(waitMs / 1000) * 1000 };
    });
    const throttled = verdicts.filter(({ retryAfterMs }) => retryAfterMs > 0).length;
    this.log.add(now, count, throttled);
    return verdicts;
  }
}
