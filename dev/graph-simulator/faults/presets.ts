import { faultsChangeSchema, faultsSchema, noFaults, type Faults } from './faults.ts';
import { parseOption } from '../parse-option.ts';
import { z } from 'zod';

/** All faults but latencies, which describe the service rather than its failures: they stay. */
export type FaultPreset = Omit<Faults, 'latencyMs' | 'latencySpreadMs' | 'bulkLatencyMs'>;

export const faultPresetNames = ['none', 'typical', 'severe'] as const;

export type FaultPresetName = (typeof faultPresetNames)[number];

const {
  latencyMs: _latency,
  latencySpreadMs: _spread,
  bulkLatencyMs: _bulkLatency,
  ...none
} = noFaults;

/**
 * Ready-made sets of faults. `typical`: about 1 % transient server errors and 0.5 % throttled.
 * `severe`: 5 % server errors, 3 % throttled half of them without Retry-After, 1 % connection
 * resets, 1 % malformed JSON, 1 % HTML pages, 2 % missing batch items, 2 % each of failed and
 * omitted devices in bulk, now and then a slow page.
 */
export const faultPresets: Readonly<Record<FaultPresetName, FaultPreset>> = {
  none,
  typical: {
    ...none,
    throttledRate: 0.005,
    rate500: 0.002,
    rate502: 0.002,
    rate503: 0.004,
    rate504: 0.002,
    retryAfterAbsentShare: 0.5,
  },
  severe: {
    ...none,
    throttledRate: 0.03,
    rate500: 0.01,
    rate502: 0.01,
    rate503: 0.02,
    rate504: 0.01,
    resetRate: 0.01,
    malformedRate: 0.01,
    htmlRate: 0.01,
    missingItemRate: 0.02,
    bulkFailedShare: 0.02,
    bulkOmittedShare: 0.02,
    slowPageRate: 0.1,
    retryAfterAbsentShare: 0.5,
  },
};

/**
 * Applies a change, or a preset by its name, to the faults in force.
 *
 * @param now milliseconds since 1970, from which `throttleUntil` is counted
 * @returns the new faults; latency stays when a preset is applied
 * @throws Error that names each bad field
 */
export function changeFaults(current: Faults, change: unknown, now: number): Faults {
  const asked =
    typeof change === 'string'
      ? faultPresets[parseOption('faults', z.enum(faultPresetNames), change)]
      : parseOption('faults', faultsChangeSchema, change);
  const { throttleUntil } = asked;
  const storm = typeof throttleUntil === 'number' ? { throttleUntil: now + throttleUntil } : {};
  return parseOption('faults', faultsSchema, { ...current, ...asked, ...storm });
}
