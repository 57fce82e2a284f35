import { describe, expect, it } from 'vitest';
import { ListingError } from '../../src/use-cases/ports.ts';
import { readCheckIns } from '../../src/use-cases/read-check-ins.ts';
import { aRun, aRunId, someTotals, startOfTest as now } from '../support/factories.ts';
import { aFleet, deviceId } from '../support/fleet.ts';
import { World } from './support/world.ts';

const counts = { checkedIn: 0, byItself: 0, silent: 0, gone: 0 };
const quiet = () => Promise.resolve();

/** Reads the check-ins of a run that reached the first devices of a fleet; what Graph was asked for. */
async function asked(accepted: number, decided: number, fleetSize = 2_000) {
  const world = new World({ fleet: aFleet(fleetSize) });
  const { graph, ledger } = world;
  const ids = Array.from({ length: accepted }, (_, n) => deviceId(n));
  for (const [n, id] of ids.entries()) {
    const outcome = n < decided ? 'checkedIn' : 'silent';
    const device = { deviceId: id, deviceName: '', platform: '', attempts: 1, outcome } as const;
    const acceptedAt = new Date(now).toISOString();
    ledger.outcomes.set(`${aRunId}/${id}`, { ...device, acceptedAt });
  }
  const byId: string[] = [];
  const getDevices = graph.getDevices.bind(graph);
  graph.getDevices = (wanted) => {
    byId.push(...wanted);
    return getDevices(wanted);
  };
  const found = { ...counts, checkedIn: decided - 5, byItself: 5, at: now };
  const verification = [{ dueAt: now, failures: 0, reportAttempts: 1, found }];
  const run = aRun({ totals: someTotals({ success: accepted }), verification });
  const checkIns = await readCheckIns({ directory: graph, ledger }, run, quiet);
  return { byId, pages: graph.pages, found: checkIns.size };
}

describe('the check-ins of a run', () => {
  it('are asked for by id when that takes no more calls than the fleet has pages', async () => {
    const { byId, pages, found } = await asked(100, 60);
    expect({ pages, found }).toEqual({ pages: 0, found: 40 });
    expect(byId).toEqual(Array.from({ length: 40 }, (_, n) => deviceId(60 + n)));
  });

  it('are those of a list that is 1 % shorter than what is enrolled, and of none that is more', async () => {
    const shorter = (by: number) => {
      const { graph, ledger } = new World({ fleet: aFleet(1_000 - by) });
      graph.countEnrolled = () => Promise.resolve(1_000);
      const run = aRun({ totals: someTotals({ success: 100 }) });
      return readCheckIns({ directory: graph, ledger }, run, quiet);
    };
    expect((await shorter(10)).size).toBe(990);
    await expect(shorter(11)).rejects.toThrow(ListingError);
  });

  it('are read from the whole fleet when it takes more', async () => {
    expect(await asked(101, 60)).toEqual({ byId: [], pages: 2, found: 2_000 });
  });
});
