import { faultsChangeSchema, faultsSchema, noFaults, type Faults } from './faults.ts';
import { parseOption } from '../parse-option.ts';
import { z } from 'zod';

/** All faults but the latency, which has a setting of its own that a preset does not undo. */
export type FaultPreset = Omit<Faults, 'latencyMs' | 'latencySpreadMs'>;

export const faultPresetNames = ['none', 'typical', 'severe'] as const;

export type FaultPresetName = (typeof faultPresetNames)[number];

const { latencyMs: _latency, latencySpreadMs: _spread, ...none } = noFaults;

/**
 * Ready-made sets of faults. `typical`: about 1 % transient server errors and 0.5 % throttled.
 * `severe`: 5 % server errors, 3 % throttled half of them without Retry-After, 1 % connection
 * resets, 1 % malformed JSON, 1 % HTML pages, 2 % missing batch items, now and then a slow page.
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
    slowPageRate: 0.1,
    retryAfterAbsentShare: 0.5,
  },
};

/**
 * Applies a change, or a preset by its name, to the faults in force.
 *
 * @returns the new faults; latency stays when a preset is applied
 * @throws Error that names each bad field
 */
export function changeFaults(current: Faults, change: unknown): Faults {
  const asked =
    typeof change === 'string'
      ? faultPresets[parseOption('faults', z.enum(faultPresetNames), change)]
      : parseOption('faults', faultsChangeSchema, change);
  return parseOption('faults', faultsSchema, { ...current, ...asked });
}
