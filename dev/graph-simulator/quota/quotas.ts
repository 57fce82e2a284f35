import { createOtherApp } from './other-app.ts';
import type { QuotaChange, QuotaSettings } from './quota-options.ts';
import { createSlidingWindow, type SlidingWindow } from './sliding-window.ts';

/** Intune counts these kinds of resources apart from each other. */
export type QuotaCategory = 'devices' | 'enrollment' | 'reports';

/** A request that asks to be admitted. */
export interface Application {
  appId: string;
  category: QuotaCategory;
  /** What it costs of the write quota: 0 for reading, usually 1 for writing. */
  writes: number;
  /** Milliseconds since 1970. */
  now: number;
}

/** What the quotas say to one request. */
export interface Admission {
  /** 0: admitted. Otherwise throttled, and another request is admitted after so many ms. */
  waitMs: number;
  /** The app's writes in the category's window, this request included. */
  appWritesInWindow: number;
}

export interface Quotas {
  /** Counts a request and judges it. A throttled request has been counted all the same. */
  admit(application: Application): Admission;
  /** The limits in force. */
  settings(): QuotaSettings;
  change(change: QuotaChange, now: number): void;
}

/** What one request takes of one window. */
interface Claim {
  window: SlidingWindow;
  limit: number;
  cost: number;
}

// "Every other Intune category has half": the same page as the limits of devices.
const factors: Readonly<Record<QuotaCategory, number>> = {
  devices: 1,
  enrollment: 0.5,
  reports: 0.5,
};

/** The sliding windows of one tenant. Every scope is judged at once; the first exceeded one wins. */
export function createQuotas(settings: QuotaSettings): Quotas {
  const windows = new Map<string, SlidingWindow>();
  const otherApp = createOtherApp(settings.windowMs, settings.otherAppWritesPerSecond);

  function windowOf(name: string): SlidingWindow {
    const known = windows.get(name) ?? createSlidingWindow(settings.windowMs);
    windows.set(name, known);
    return known;
  }
  function claimsOf({ appId, category, writes, now }: Application): Claim[] {
    const factor = factors[category];
    const otherLoad = category === 'devices' ? otherApp.loadAt(now) : 0;
    const claim = (name: string, limit: number, cost: number): Claim => ({
      window: windowOf(`${category}.${name}`),
      limit,
      cost,
    });
    return [
      claim(`app.requests.${appId}`, settings.appRequests * factor, 1),
      claim('tenant.requests', settings.tenantRequests * factor - otherLoad, 1),
      claim(`app.writes.${appId}`, settings.appWrites * factor, writes),
      claim('tenant.writes', settings.tenantWrites * factor - otherLoad, writes),
    ];
  }

  return {
    admit(application) {
      const { now } = application;
      const claims = claimsOf(application).filter(({ cost }) => cost > 0);
      const isAdmitted = claims.every(
        ({ window, limit, cost }) => window.count(now) + cost <= limit,
      );
      for (const { window, cost } of claims) window.add(now, cost);
      const appWrites = windowOf(`${application.category}.app.writes.${application.appId}`);
      return {
        waitMs: isAdmitted ? 0 : longestWait(claims, now),
        appWritesInWindow: appWrites.count(now),
      };
    },
    settings: () => ({ ...settings, otherAppWritesPerSecond: otherApp.perSecond() }),
    change: ({ otherAppWritesPerSecond }, now) => otherApp.setPace(otherAppWritesPerSecond, now),
  };
}

/** Until an equal request finds room in every window, as long as the other app keeps its pace. */
function longestWait(claims: readonly Claim[], now: number): number {
  const waits = claims.map(({ window, limit, cost }) =>
    window.waitMs(Math.floor(limit) - cost + 1, now),
  );
  return Math.max(1, ...waits);
}
