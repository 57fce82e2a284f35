import { describe, expect, it } from 'vitest';
import type { DeviceProgress } from '../../src/core/batch.ts';
import { CHUNK_SIZE, nextStep, writesLeft } from '../../src/core/batch-step.ts';
import { aBatch, batchDevices, startOfTest as now, syncCommand } from '../support/factories.ts';

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
      mode: 'perDevice',
      indexes: Array.from({ length: 20 }, (_, index) => index),
    });
    expect(CHUNK_SIZE).toBe(20);
  });

  it.each<[string, DeviceProgress[], ReturnType<typeof nextStep>]>([
    ['no devices', [], { kind: 'finish' }],
    ['only results', [accepted, accepted], { kind: 'finish' }],
    [
      'a result and an untried device',
      [accepted, untried],
      { kind: 'send', mode: 'perDevice', indexes: [1] },
    ],
    [
      'a wait and an untried device',
      [waitingFor(1), untried],
      { kind: 'send', mode: 'perDevice', indexes: [1] },
    ],
    [
      'a wait that ends now',
      [waitingFor(0), accepted],
      { kind: 'send', mode: 'perDevice', indexes: [0] },
    ],
    ['two waits', [waitingFor(900), waitingFor(500)], { kind: 'wait', until: now + 500 }],
    ['a result and a wait', [accepted, waitingFor(700)], { kind: 'wait', until: now + 700 }],
  ])('of a batch with %s', (_, progress, step) => {
    expect(nextStep(aBatch({ progress }), now)).toEqual(step);
  });
});

describe('nextStep of a batch that is sent in bulk', () => {
  const { bulk } = syncCommand;
  const mixed = batchDevices(4).map((device, place) =>
    place === 1 ? { ...device, platform: 'android' } : device,
  );

  it('sends to all that bulk takes in one call, first', () => {
    expect(nextStep(aBatch({ devices: mixed }), now, bulk)).toEqual({
      kind: 'send',
      mode: 'bulk',
      indexes: [0, 2, 3],
    });
  });

  it('then sends one by one to what bulk does not take, and to what it did not work for', () => {
    const single: DeviceProgress = { attempts: 1, failures: 0, isSingle: true };
    const batch = aBatch({ devices: mixed, progress: [accepted, untried, single, accepted] });
    expect(nextStep(batch, now, bulk)).toEqual({
      kind: 'send',
      mode: 'perDevice',
      indexes: [1, 2],
    });
  });

  it('names 100 devices at most in a call', () => {
    const batch = aBatch({ devices: batchDevices(130) });
    const step = nextStep(batch, now, bulk);
    expect(step.kind === 'send' && step.indexes.length).toBe(100);
  });

  it('sends nothing in bulk once Graph refused that', () => {
    expect(nextStep(aBatch({ devices: mixed }), now)).toEqual({
      kind: 'send',
      mode: 'perDevice',
      indexes: [0, 1, 2, 3],
    });
  });
});

describe('writesLeft', () => {
  it.each<[string, DeviceProgress[], number, number]>([
    ['untried', [untried, untried, untried], 3, 1],
    ['done', [accepted, accepted, accepted], 0, 0],
    ['in part to be sent to one by one', [accepted, { ...untried, isSingle: true }, untried], 2, 2],
  ])('of devices that are %s', (_, progress, perDevice, inBulk) => {
    expect(writesLeft(aBatch({ progress }))).toBe(perDevice);
    expect(writesLeft(aBatch({ progress }), syncCommand.bulk)).toBe(inBulk);
  });
});
