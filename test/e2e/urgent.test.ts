import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalApp, startLocalApp, until } from '../support/local-app.ts';

let app: LocalApp;

beforeAll(async () => {
  const fleet = { devices: 300, platforms: { windows: 9, android: 1 } };
  app = await startLocalApp({ graph: { fleet, latencyMs: 100 }, instances: 2 });
});
afterAll(() => app.close());

interface Device {
  readonly acceptedAt?: string;
}

/** When the devices of a run were accepted, ms since the epoch, in order. */
async function acceptances(id: string): Promise<number[]> {
  const response = await app.fetch(`/api/runs/${id}/devices?outcome=accepted&limit=1000`);
  const { value } = (await response.json()) as { value: Device[] };
  return value.map(({ acceptedAt }) => Date.parse(acceptedAt ?? '')).sort((a, b) => a - b);
}

async function poisonedMessages(): Promise<string[]> {
  const poisoned: string[] = [];
  for await (const { name } of app.queues.listQueues()) {
    if (!name.endsWith('-poison')) continue;
    const { approximateMessagesCount = 0 } = await app.queues.getQueueClient(name).getProperties();
    if (approximateMessagesCount > 0) poisoned.push(name);
  }
  return poisoned;
}

describe('an urgent run in the middle of a scheduled one', () => {
  it(
    'is let through before the budget of 10 s has gone to the other, and only delays it',
    { timeout: 240_000 },
    async () => {
      const { graph } = app.environment;
      await app.fire('scheduledSync');
      const scheduledId = await app.untilScheduledRun();
      await until(() => Promise.resolve(graph.statistics().devicesSynced > 50 ? true : undefined));
      const scope = { platforms: ['android'] };
      const requestedAt = Date.now();
      const urgent = await app.untilRun(await app.startRun({ priority: 'urgent', scope }));
      const scheduled = await app.untilRun(scheduledId);

      const [first = Infinity, ...rest] = await acceptances(urgent.id);
      const last = rest.at(-1) ?? 0;
      expect(urgent).toMatchObject({ status: 'completed', totals: { error: 0, unknown: 0 } });
      expect(urgent.totals.success).toBeGreaterThan(8);
      const others = await acceptances(scheduledId);
      expect(others.filter((at) => at > first && at < last)).toEqual([]);
      // The 10 s of a budget of 8/s, counted in devices: a busy machine makes both slower alike.
      expect(others.filter((at) => at > requestedAt && at < first).length).toBeLessThan(80);
      expect(others.filter((at) => at > last).length).toBeGreaterThan(50);
      expect(scheduled).toMatchObject({ status: 'completed', totals: { error: 0, unknown: 0 } });
      expect(await poisonedMessages()).toEqual([]);
    },
  );
});
