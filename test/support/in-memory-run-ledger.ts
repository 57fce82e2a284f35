import { type Batch, type BatchSummary, totalsOf } from '../../src/core/batch.ts';
import {
  type AcceptedDevice,
  BY_ITSELF,
  type Verdict,
  acceptedOutcomes,
} from '../../src/core/check-in.ts';
import type { DeviceReport } from '../../src/core/device-report.ts';
import type { BatchDevice } from '../../src/core/device.ts';
import type { SkippedDevice } from '../../src/core/plan.ts';
import {
  type DeviceFilter,
  type DeviceVerdict,
  type Page,
  type RunLedger,
  StaleBatchError,
  StaleDevicesError,
  type StoredBatch,
  type StoredDevice,
} from '../../src/use-cases/ports.ts';

/** The ledger in memory, with ETags that go stale as those of a table do. */
export class InMemoryRunLedger implements RunLedger {
  readonly batches = new Map<string, StoredBatch>();
  /** What became of each device, by run and device. */
  readonly outcomes = new Map<string, DeviceReport>();
  #version = 0;

  clear(runId: string): Promise<void> {
    for (const map of [this.batches, this.outcomes]) {
      for (const key of map.keys()) if (key.startsWith(`${runId}/`)) map.delete(key);
    }
    return Promise.resolve();
  }

  addBatches(batches: readonly Batch[]): Promise<void> {
    if (batches.some((batch) => this.batches.has(keyOf(batch)))) {
      return Promise.reject(new Error('a batch exists'));
    }
    for (const batch of batches) this.#put(batch);
    return Promise.resolve();
  }

  addSkipped(runId: string, devices: readonly SkippedDevice[]): Promise<void> {
    for (const device of devices) {
      const { reason } = device;
      const report = { ...reportOf(device), outcome: 'skipped', reason, attempts: 0 } as const;
      this.outcomes.set(`${runId}/${device.id}`, report);
    }
    return Promise.resolve();
  }

  getBatch(runId: string, number: number): Promise<StoredBatch | undefined> {
    return Promise.resolve(this.batches.get(keyOf({ runId, number })));
  }

  saveBatch(stored: StoredBatch): Promise<StoredBatch> {
    if (this.batches.get(keyOf(stored.batch))?.etag !== stored.etag) {
      return Promise.reject(new StaleBatchError(keyOf(stored.batch)));
    }
    return Promise.resolve(this.#put(stored.batch));
  }

  async finishBatch(stored: StoredBatch): Promise<void> {
    const { batch } = await this.saveBatch(stored);
    for (const [index, device] of batch.devices.entries()) {
      const { result, attempts = 0 } = batch.progress[index] ?? {};
      if (result === undefined) continue;
      const { outcome, code, acceptedAt } = result;
      const report = {
        ...reportOf(device),
        outcome,
        attempts,
        ...(acceptedAt === undefined ? {} : { acceptedAt: new Date(acceptedAt).toISOString() }),
      };
      const key = `${batch.runId}/${device.id}`;
      this.outcomes.set(key, code === undefined ? report : { ...report, code });
    }
  }

  listDevices(
    runId: string,
    { outcomes, limit, continuationToken }: DeviceFilter,
  ): Promise<Page<DeviceReport>> {
    const wanted = this.#reports(runId, outcomes);
    const from = Number(continuationToken ?? 0);
    const value = wanted.slice(from, from + limit);
    const next = from + value.length;
    return Promise.resolve(
      next < wanted.length ? { value, continuationToken: String(next) } : { value },
    );
  }

  async *eachDevice(
    runId: string,
    outcomes?: readonly string[],
  ): AsyncIterable<readonly DeviceReport[]> {
    const wanted = this.#reports(runId, outcomes);
    for (let from = 0; from < wanted.length; from += PAGE_SIZE) {
      yield await Promise.resolve(wanted.slice(from, from + PAGE_SIZE));
    }
  }

  #reports(runId: string, outcomes: readonly string[] | undefined): readonly DeviceReport[] {
    const planned = [...this.batches.values()]
      .map(({ batch }) => batch)
      .filter((batch) => batch.runId === runId && batch.status === 'pending')
      .flatMap(({ devices, progress }) =>
        devices.map((device, index) => {
          const outcome = progress[index]?.result?.outcome ?? ('planned' as const);
          return { ...reportOf(device), outcome, attempts: 0 };
        }),
      );
    const ended = [...this.outcomes].filter(([key]) => key.startsWith(`${runId}/`));
    return [...planned, ...ended.map(([, report]) => report)].filter(
      ({ outcome }) => outcomes?.includes(outcome) ?? true,
    );
  }

  findDevices(
    runId: string,
    deviceIds: readonly string[],
    outcomes: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const found = deviceIds.filter((id) =>
      outcomes.includes(this.outcomes.get(`${runId}/${id}`)?.outcome ?? ''),
    );
    return Promise.resolve(new Set(found));
  }

  async *listAccepted(runId: string): AsyncIterable<readonly StoredDevice[]> {
    const ofRun = [...this.outcomes].filter(([key]) => key.startsWith(`${runId}/`));
    const accepted = ofRun.flatMap(([, report]) => {
      const device = acceptedOf(report);
      return device === undefined ? [] : [{ device, etag: etagOf(report) }];
    });
    for (let from = 0; from < accepted.length; from += PAGE_SIZE) {
      yield await Promise.resolve(accepted.slice(from, from + PAGE_SIZE));
    }
  }

  saveVerdicts(runId: string, verdicts: readonly DeviceVerdict[]): Promise<void> {
    for (const { deviceId, etag, verdict } of verdicts) {
      const key = `${runId}/${deviceId}`;
      const report = this.outcomes.get(key);
      if (report === undefined || etagOf(report) !== etag) {
        return Promise.reject(new StaleDevicesError(key));
      }
      this.outcomes.set(key, { ...report, ...changeOf(verdict) });
    }
    return Promise.resolve();
  }

  async *listBatches(runId: string, from: number): AsyncIterable<BatchSummary> {
    for (let number = from; ; number++) {
      const stored = await this.getBatch(runId, number);
      if (stored === undefined) return;
      yield { ...stored.batch, totals: totalsOf(stored.batch) };
    }
  }

  #put(batch: Batch): StoredBatch {
    const stored = { batch, etag: String(++this.#version) };
    this.batches.set(keyOf(batch), stored);
    return stored;
  }
}

/** Small, so that a test's fleet has several. */
const PAGE_SIZE = 50;

function acceptedOf(report: DeviceReport): AcceptedDevice | undefined {
  const { deviceId: id, reason, acceptedAt, checkedInAt } = report;
  const outcome = acceptedOutcomes.find((each) => each === report.outcome);
  if (outcome === undefined || acceptedAt === undefined) return undefined;
  return {
    id,
    outcome,
    acceptedAt: Date.parse(acceptedAt),
    isByItself: reason === BY_ITSELF,
    ...(checkedInAt === undefined ? {} : { checkedInAt: Date.parse(checkedInAt) }),
  };
}

/** A row that changed has another ETag; here what changes is its outcome. */
function etagOf({ outcome }: DeviceReport): string {
  return outcome;
}

function changeOf(verdict: Verdict): Partial<DeviceReport> & Pick<DeviceReport, 'outcome'> {
  const { outcome } = verdict;
  if (outcome === 'gone') return { outcome };
  const { ownership } = verdict;
  if (outcome === 'checkedIn') {
    const checkedInAt = new Date(verdict.checkedInAt).toISOString();
    return {
      outcome,
      ownership,
      checkedInAt,
      ...(verdict.isByItself ? { reason: BY_ITSELF } : {}),
    };
  }
  if (verdict.lastSyncAt === undefined) return { outcome, ownership };
  return { outcome, ownership, previousCheckInAt: new Date(verdict.lastSyncAt).toISOString() };
}

function reportOf({ id, name, platform, lastSyncAt }: BatchDevice) {
  const device = { deviceId: id, deviceName: name, platform };
  if (lastSyncAt === undefined) return device;
  return { ...device, previousCheckInAt: new Date(lastSyncAt).toISOString() };
}

function keyOf({ runId, number }: Pick<Batch, 'runId' | 'number'>): string {
  return `${runId}/${number}`;
}
