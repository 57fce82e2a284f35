import type { TableClient } from '@azure/data-tables';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TableRunLedger } from '../../../src/adapters/table/table-run-ledger.ts';
import { closeBatch } from '../../../src/core/batch.ts';
import type { Verdict } from '../../../src/core/check-in.ts';
import { StaleDevicesError, type StoredDevice } from '../../../src/use-cases/ports.ts';
import {
  aBatch,
  aBatchDevice,
  aDeviceId,
  aRunId,
  batchDevices,
  startOfTest as now,
} from '../../support/factories.ts';
import { countRequests } from '../../support/storage.ts';
import { aLedger, storedBatch } from './support/a-ledger.ts';

let table: TableClient;
let ledger: TableRunLedger;
beforeEach(() => ({ table, ledger } = aLedger()));

/** A run that ended: devices were accepted, one was not found and one was skipped. */
async function anEndedRun(accepted: number): Promise<void> {
  const devices = batchDevices(accepted + 1);
  for (let from = 0; from < devices.length; from += 98) {
    const number = from / 98;
    await ledger.addBatches([aBatch({ number, devices: devices.slice(from, from + 98) })]);
    const stored = await storedBatch(ledger, number);
    const done = closeBatch(stored.batch, 'done', { outcome: 'accepted', acceptedAt: now }, now);
    const progress = done.progress.map((each, place) =>
      from + place < accepted ? each : { ...each, result: { outcome: 'notFound' } as const },
    );
    await ledger.finishBatch({ ...stored, batch: { ...done, progress } });
  }
  await ledger.addSkipped(aRunId, [{ ...aBatchDevice({ id: aDeviceId(9_999) }), reason: 'stale' }]);
}

async function listed(): Promise<StoredDevice[]> {
  const devices: StoredDevice[] = [];
  for await (const page of ledger.listAccepted(aRunId)) devices.push(...page);
  return devices;
}

/** Writes the same verdict about every device as it was read. */
const save = (stored: readonly StoredDevice[], verdict: Verdict) =>
  ledger.saveVerdicts(
    aRunId,
    stored.map(({ device: { id: deviceId }, etag }) => ({ deviceId, etag, verdict })),
  );

const checkedInAt = now + 240_000;
const checkedIn = { outcome: 'checkedIn', checkedInAt, ownership: 'company' } as const;

describe('the accepted devices of a run', () => {
  it('are none of a run that does not exist', async () => {
    expect(await listed()).toEqual([]);
  });

  it('are listed without those that had another outcome', async () => {
    await anEndedRun(2);
    const device = { outcome: 'accepted', acceptedAt: now, isByItself: false };
    expect(await listed()).toEqual([
      { device: { ...device, id: aDeviceId(1) }, etag: expect.any(String) as string },
      { device: { ...device, id: aDeviceId(2) }, etag: expect.any(String) as string },
    ]);
  });

  it('stay listed whatever their verdict, with what it said', async () => {
    await anEndedRun(3);
    const [first, second, third] = (await listed()).map((each) => [each]);
    await save(first ?? [], { ...checkedIn, isByItself: true });
    await save(second ?? [], { outcome: 'silent', lastSyncAt: undefined, ownership: '' });
    await save(third ?? [], { outcome: 'gone' });
    const device = { acceptedAt: now, isByItself: false };
    expect((await listed()).map((stored) => stored.device)).toEqual([
      { ...device, id: aDeviceId(1), outcome: 'checkedIn', isByItself: true, checkedInAt },
      { ...device, id: aDeviceId(2), outcome: 'silent' },
      { ...device, id: aDeviceId(3), outcome: 'gone' },
    ]);
  });
});

describe('a verdict', () => {
  it('that a device checked in is in its report, beside what was there', async () => {
    await anEndedRun(1);
    await save(await listed(), { ...checkedIn, isByItself: false });
    const { value } = await ledger.listDevices(aRunId, { outcomes: ['checkedIn'], limit: 10 });
    expect(value).toEqual([
      {
        deviceId: aDeviceId(1),
        deviceName: 'WS-000001',
        platform: 'windows',
        outcome: 'checkedIn',
        attempts: 0,
        acceptedAt: '2026-01-04T02:00:00.000Z',
        previousCheckInAt: '2026-01-03T02:00:00.000Z',
        checkedInAt: '2026-01-04T02:04:00.000Z',
        ownership: 'company',
      },
    ]);
  });

  it('that a device is silent has its newest check-in before the run', async () => {
    await anEndedRun(1);
    const lastSyncAt = now - 3_600_000;
    await save(await listed(), { outcome: 'silent', lastSyncAt, ownership: 'personal' });
    const { value } = await ledger.listDevices(aRunId, { outcomes: ['silent'], limit: 10 });
    expect(value).toMatchObject([
      { previousCheckInAt: '2026-01-04T01:00:00.000Z', ownership: 'personal' },
    ]);
  });

  it('is written for 100 devices at once', async () => {
    await anEndedRun(250);
    const stored = await listed();
    const requests = countRequests(table);
    await save(stored, { ...checkedIn, isByItself: false });
    expect(requests()).toBe(3);
  });

  it('is not written over one that another delivery wrote meanwhile', async () => {
    await anEndedRun(2);
    const stored = await listed();
    await save(stored.slice(0, 1), { ...checkedIn, isByItself: false });
    const late = save(stored, { outcome: 'gone' });
    await expect(late).rejects.toThrow(StaleDevicesError);
    expect((await listed()).map(({ device }) => device.outcome)).toEqual(['checkedIn', 'accepted']);
  });

  it('brings no device back whose run was removed meanwhile', async () => {
    await anEndedRun(2);
    const stored = await listed();
    await ledger.clear(aRunId);
    await expect(save(stored, { outcome: 'gone' })).rejects.toThrow(StaleDevicesError);
    expect(await listed()).toEqual([]);
  });
});
