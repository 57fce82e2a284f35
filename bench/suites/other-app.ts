import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphSimulator } from '../../dev/graph-simulator/index.ts';
import type { Suite, SuiteContext } from '../suite.ts';
import { GRAPH_LATENCY_MS, startRun, WRITES_PER_SECOND, withApp } from '../support/app.ts';
import { syncableFleet } from '../support/fleet.ts';
import { untilFirstWrite } from '../support/until-first-write.ts';
import { countUntil, WINDOW_MS } from '../support/windows.ts';

/** Graph's quota for all apps of a tenant, in 20 s, and what the other app takes of it. */
const TENANT_QUOTA = 400;
const OTHER_APP_PER_SECOND = 15;
const LEFT = TENANT_QUOTA - (OTHER_APP_PER_SECOND * WINDOW_MS) / 1000;

/** The app finds what is left in this time, ms; then it is measured. */
const SETTLING_MS = 120_000;
const MEASURED_MS = 180_000;
/** How long the recovery is watched once the other app has stopped, ms. */
const RECOVERY_MS = 150_000;

const INSTANCES = 4;
/** A window with so much of what it could hold counts as recovered. */
const RECOVERED_SHARE = 0.95;

/** How the app shares the tenant's quota with another one that does not know of it. */
export const otherApp: Suite = {
  name: 'other-app',
  title: "Beside another app that takes three quarters of the tenant's quota",
  summary:
    `Another app writes ${OTHER_APP_PER_SECOND} times per second, which leaves ${LEFT} of ` +
    `${TENANT_QUOTA} writes in 20 s, and then stops; ${INSTANCES} instances. Recovered is when the ` +
    `first full window begins that has ${RECOVERED_SHARE * 100} % of 200 writes.`,
  mode: 'full',
  run: measure,
};

async function measure(context: SuiteContext) {
  const { signal } = context;
  const watchedSeconds = (SETTLING_MS + MEASURED_MS + RECOVERY_MS) / 1000;
  const graph = {
    fleet: syncableFleet(watchedSeconds * WRITES_PER_SECOND),
    latencyMs: GRAPH_LATENCY_MS,
    quota: { otherAppWritesPerSecond: OTHER_APP_PER_SECOND },
  };
  return withApp(context, { graph, instances: INSTANCES }, async (app) => {
    const { graph: simulator } = app.environment;
    await startRun(app);
    await untilFirstWrite(simulator, signal);
    context.onStep('settling');
    await sleep(SETTLING_MS, undefined, { signal });
    context.onStep('measuring what is used of what is left');
    const before = admitted(simulator);
    await sleep(MEASURED_MS, undefined, { signal });
    const after = admitted(simulator);
    context.onStep('the other app stops');
    simulator.setQuota({ otherAppWritesPerSecond: 0 });
    const stoppedAt = Date.now();
    await sleep(RECOVERY_MS, undefined, { signal });
    const calls = after.calls - before.calls;
    const perWindow = ((after.synced - before.synced) / MEASURED_MS) * WINDOW_MS;
    return report({
      share: perWindow / LEFT,
      throttledShare: (after.throttled - before.throttled) / calls,
      recoverySeconds: recoveredAfter(simulator.writeTimes(stoppedAt), stoppedAt) / 1000,
      perWindow,
    });
  });
}

function admitted(simulator: GraphSimulator) {
  const { devicesSynced, duplicateSyncs, throttled, writes } = simulator.statistics();
  return { synced: devicesSynced + duplicateSyncs, throttled, calls: writes };
}

/** From when on a window has all but a little of the app's quota, ms; Infinity if there is none. */
export function recoveredAfter(times: readonly number[], since: number): number {
  const wanted = (RECOVERED_SHARE * WRITES_PER_SECOND * WINDOW_MS) / 1000;
  const begin = times.find(
    (time) => countUntil(times, time + WINDOW_MS) - countUntil(times, time) >= wanted,
  );
  return begin === undefined ? Infinity : begin - since;
}

function report(measured: {
  readonly share: number;
  readonly throttledShare: number;
  readonly recoverySeconds: number;
  readonly perWindow: number;
}) {
  const { share, throttledShare, recoverySeconds, perWindow } = measured;
  return {
    rows: [
      {
        'left in 20 s': LEFT,
        'used in 20 s': perWindow,
        share,
        'throttled share': throttledShare,
        'recovered after s': recoverySeconds,
      },
    ],
    bars: [
      { name: 'share of what is left', value: share, bound: 0.85, isAtMost: false, unit: '' },
      { name: 'throttled share', value: throttledShare, bound: 0.02, isAtMost: true, unit: '' },
      { name: 'recovered after', value: recoverySeconds, bound: 120, isAtMost: true, unit: 's' },
    ],
  };
}
