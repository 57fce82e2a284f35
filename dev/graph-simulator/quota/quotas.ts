import { z } from 'zod';
import { createSlidingWindow, type SlidingWindow } from './sliding-window.ts';

/**
 * The limits of Microsoft's "Intune devices service limits" (facts/graph.md section 1.1), each
 * within any `windowMs`.
 */
export const quotaSchema = z.strictObject({
  /** POST, PUT, PATCH and DELETE of one app. Default 200. */
  appWrites: z.number().min(0).default(200),
  /** POST, PUT, PATCH and DELETE of all apps of the tenant. Default 400. */
  tenantWrites: z.number().min(0).default(400),
  /** Requests of any method of one app. Default 2,000. */
  appRequests: z.number().min(0).default(2000),
  /** Requests of any method of all apps of the tenant. Default 4,000. */
  tenantRequests: z.number().min(0).default(4000),
  /** Default 20,000 ms. */
  windowMs: z.number().positive().default(20_000),
  /** Constant load that another app puts on the tenant's two quotas, per second. Default 0. */
  otherAppWritesPerSecond: z.number().min(0).default(0),
});

export type QuotaOptions = z.input<typeof quotaSchema>;
export type QuotaSettings = z.output<typeof quotaSchema>;

/** What the quotas say to one request. */
export interface Admission {
  /** 0: admitted. Otherwise throttled, and another request is admitted after so many ms. */
  waitMs: number;
  /** The app's writes in the window, this request included. */
  appWritesInWindow: number;
}

export interface Quotas {
  /** Counts a request and judges it. A throttled request has been counted all the same. */
  admit(appId: string, isWrite: boolean, now: number): Admission;
}

interface Limited {
  window: SlidingWindow;
  limit: number;
}

/** The sliding windows of one tenant. Every scope is judged at once; the first exceeded one wins. */
export function createQuotas(settings: QuotaSettings): Quotas {
  const newWindow = () => createSlidingWindow(settings.windowMs);
  const tenant = { writes: newWindow(), requests: newWindow() };
  const apps = new Map<string, typeof tenant>();
  const otherLoad = settings.otherAppWritesPerSecond * (settings.windowMs / 1000);

  function windowsOf(appId: string): typeof tenant {
    const known = apps.get(appId) ?? { writes: newWindow(), requests: newWindow() };
    apps.set(appId, known);
    return known;
  }

  return {
    admit(appId, isWrite, now) {
      const app = windowsOf(appId);
      const limited: Limited[] = [
        { window: app.requests, limit: settings.appRequests },
        { window: tenant.requests, limit: settings.tenantRequests - otherLoad },
      ];
      if (isWrite) {
        limited.push(
          { window: app.writes, limit: settings.appWrites },
          { window: tenant.writes, limit: settings.tenantWrites - otherLoad },
        );
      }
      const isAdmitted = limited.every(({ window, limit }) => window.count(now) + 1 <= limit);
      for (const { window } of limited) window.add(now);
      return {
        waitMs: isAdmitted ? 0 : longestWait(limited, now),
        appWritesInWindow: app.writes.count(now),
      };
    },
  };
}

function longestWait(limited: readonly Limited[], now: number): number {
  return Math.max(1, ...limited.map(({ window, limit }) => window.waitMs(Math.floor(limit), now)));
}
