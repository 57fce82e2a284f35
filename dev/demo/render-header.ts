import { BULK_BATCH_SIZE } from '../../src/core/batch-schedule.ts';
import { plural } from '../command-line/plural.ts';

/** What a demo was told, as far as its header says it. */
export interface HeaderFacts {
  devices: number;
  instances: number;
  mode: 'perDevice' | 'bulk';
  latencyMs: number;
  faults: 'none' | 'typical' | 'severe';
}

/** What the two ways of sending mean to somebody who does not know their names. */
const modes = {
  perDevice: 'one command per device',
  bulk: `one command for up to ${BULK_BATCH_SIZE} devices`,
};

/** Two lines that say what is about to happen. */
export function renderHeader(facts: HeaderFacts): string {
  const { devices, instances, mode, latencyMs, faults } = facts;
  const conditions = [
    modes[mode],
    `Graph answers in ${latencyMs} ms`,
    faults === 'none' ? 'nothing goes wrong' : `${faults} faults`,
  ];
  return [
    `fleet-sync demo: ${plural(devices, 'device')}, ${plural(instances, 'instance')} of the app`,
    `${conditions.join(', ')}; all of it on this machine`,
  ].join('\n');
}
