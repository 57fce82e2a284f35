import { describe, expect, it } from 'vitest';
import type { DeviceProgress } from '../../src/core/batch.ts';
import { CHUNK_SIZE, nextStep } from '../../src/core/batch-step.ts';
import { aBatch, batchDevices, startOfTest as now } from '../support/factories.ts';

const untried: DeviceProgress = { attempts: 0, failures: 0 };
const accepted: DeviceProgress = { attempts: 1, failures: 0, result: { outcome: 'accepted' } };
const waitingFor = (ms: number): DeviceProgress => ({
  attempts: 1,
  failures: 1,
  retryAt: now + ms,
});

describe('nextStep', () => {
  it('sends to the first 20 devices of a new batch', () => {
    const batch = aBatch({ devices: batchDevices(50) });
    expect(nextStep(batch, now)).toEqual({
      kind: 'send',
      indexes: Array.from({ length: 20 }, (_, index) => index),
    });
    expect(CHUNK_SIZE).toBe(20);
  });

  it.each<[string, DeviceProgress[], ReturnType<typeof nextStep>]>([
    ['no devices', [], { kind: 'finish' }],
    ['only results', [accepted, accepted], { kind: 'finish' }],
    ['a result and an untried device', [accepted, untried], { kind: 'send', indexes: [1] }],
    ['a wait and an untried device', [waitingFor(1), untried], { kind: 'send', indexes: [1] }],
    ['a wait that ends now', [waitingFor(0), accepted], { kind: 'send', indexes: [0] }],
    ['two waits', [waitingFor(900), waitingFor(500)], { kind: 'wait', until: now + 500 }],
    ['a result and a wait', [accepted, waitingFor(700)], { kind: 'wait', until: now + 700 }],
  ])('of a batch with %s', (_, progress, step) => {
    expect(nextStep(aBatch({ progress }), now)).toEqual(step);
  });
});
