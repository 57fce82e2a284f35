import type { BulkCommand } from './actions/action.ts';
import { type BatchPace, scheduleBatches, writesOf } from './batch-schedule.ts';
import type { BatchDevice } from './device.ts';
import { type Plan, type PlannedDevice, countBy, countByReason } from './plan.ts';
import { isBulkDevice } from './send-mode.ts';
import { paceOf, slotSizeOf } from './write-slot.ts';

/** A device of a sample. */
export interface SampleDevice {
  readonly deviceId: string;
  readonly deviceName: string;
}

/** What a dry run tells of the run it stands for. */
export interface PlanSummary {
  /** Devices that would get a command. */
  readonly devices: number;
  /** Ids of the scope that no device has. */
  readonly notFound: number;
  readonly byPlatform: Readonly<Record<string, number>>;
  readonly byReason: Readonly<Record<string, number>>;
  /** Calls to Graph, when none has to be repeated. */
  readonly calls: number;
  /** At the current write budget, without throttling. */
  readonly estimatedSeconds: number;
  /** The first devices of each platform, and of each reason to skip. */
  readonly sample: {
    readonly byPlatform: Readonly<Record<string, readonly SampleDevice[]>>;
    readonly byReason: Readonly<Record<string, readonly SampleDevice[]>>;
  };
}

/** Enough to recognise the right or the wrong devices; the whole list is a report of its own. */
const SAMPLE_SIZE = 5;

/**
 * Sums up a plan.
 *
 * @param bulk how to send to many devices in one call; absent: they are sent to one by one
 */
export function summarizePlan(plan: Plan, pace: BatchPace, bulk?: BulkCommand): PlanSummary {
  const toSend = plan.devices.filter(({ result }) => result === undefined);
  const batches = scheduleBatches(toSend, pace, bulk);
  const slotSize = slotSizeOf(pace.writesPerSecond);
  const writesSeconds = writesOf(toSend, bulk) / paceOf(pace.writesPerSecond);
  const waitsSeconds = (Math.max(0, batches.length - 1) * pace.batchDelayMs) / 1000;
  return {
    devices: toSend.length,
    notFound: plan.devices.length - toSend.length,
    byPlatform: countBy(toSend, ({ platform }) => platform),
    byReason: countByReason(plan.skipped),
    calls: batches.reduce((sum, { devices }) => sum + callsOf(devices, slotSize, bulk), 0),
    estimatedSeconds: Math.ceil(Math.max(writesSeconds, waitsSeconds)),
    sample: {
      byPlatform: sampleBy(toSend, ({ platform }) => platform),
      byReason: sampleBy(plan.skipped, ({ reason }) => reason),
    },
  };
}

function callsOf(devices: readonly PlannedDevice[], slotSize: number, bulk?: BulkCommand): number {
  const inBulk = devices.filter((device) => isBulkDevice(bulk, device)).length;
  return Math.min(1, inBulk) + Math.ceil((devices.length - inBulk) / slotSize);
}

function sampleBy<T extends BatchDevice>(
  devices: readonly T[],
  keyOf: (device: T) => string,
): Record<string, SampleDevice[]> {
  const samples: Record<string, SampleDevice[]> = {};
  for (const device of devices) {
    const sample = (samples[keyOf(device)] ??= []);
    if (sample.length < SAMPLE_SIZE) sample.push({ deviceId: device.id, deviceName: device.name });
  }
  return samples;
}
