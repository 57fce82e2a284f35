import { CHUNK_SIZE } from './batch-step.ts';
import type { BatchPace } from './batch-schedule.ts';
import type { BatchDevice } from './device.ts';
import { type Plan, countBy, countByReason } from './plan.ts';

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
  /** Calls to Graph: one for each chunk of 20 devices. */
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

/** Sums up a plan. */
export function summarizePlan(plan: Plan, pace: BatchPace): PlanSummary {
  const toSend = plan.devices.filter(({ result }) => result === undefined);
  const { batchSize, writesPerSecond, batchDelayMs } = pace;
  const fullBatches = Math.floor(toSend.length / batchSize);
  const rest = toSend.length % batchSize;
  const callsOf = (devices: number) => Math.ceil(devices / CHUNK_SIZE);
  const waits = Math.max(0, Math.ceil(toSend.length / batchSize) - 1) * (batchDelayMs / 1000);
  return {
    devices: toSend.length,
    notFound: plan.devices.length - toSend.length,
    byPlatform: countBy(toSend, ({ platform }) => platform),
    byReason: countByReason(plan.skipped),
    calls: fullBatches * callsOf(batchSize) + callsOf(rest),
    estimatedSeconds: Math.ceil(Math.max(toSend.length / writesPerSecond, waits)),
    sample: {
      byPlatform: sampleBy(toSend, ({ platform }) => platform),
      byReason: sampleBy(plan.skipped, ({ reason }) => reason),
    },
  };
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
