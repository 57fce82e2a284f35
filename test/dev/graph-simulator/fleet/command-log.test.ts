import { describe, expect, it } from 'vitest';
import {
  createCommandLog,
  type DeviceCommand,
} from '../../../../dev/graph-simulator/fleet/command-log.ts';

const aCommand = (at: number): DeviceCommand => ({
  at,
  command: 'syncDevice',
  through: 'managedDevices',
  result: 'accepted',
});

describe('a command log', () => {
  it('has the commands of each device, oldest first', () => {
    const log = createCommandLog();
    for (let at = 0; at < 6; at++) log.add(at % 2, aCommand(at));
    expect(log.of(1)).toEqual([1, 3, 5].map(aCommand));
    expect(log.of(2)).toEqual([]);
  });

  it('keeps the latest ones when it is full', () => {
    const log = createCommandLog(3);
    for (let at = 0; at < 8; at++) log.add(0, aCommand(at));
    expect(log.of(0)).toEqual([5, 6, 7].map(aCommand));
  });
});
