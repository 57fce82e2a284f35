import { describe, expect, it } from 'vitest';
import { bulkOf, isBulkDevice } from '../../src/core/send-mode.ts';
import { aBatchDevice, syncCommand } from '../support/factories.ts';

const { bulk } = syncCommand;

describe('bulkOf', () => {
  it('is the bulk command of the action in a bulk run', () => {
    expect(bulkOf({ mode: 'bulk' }, syncCommand)).toBe(bulk);
  });

  it.each([
    ['a run that sends one by one', { mode: 'perDevice' } as const, syncCommand],
    [
      'a run whose bulk calls Graph refused',
      { mode: 'bulk', isBulkRefused: true } as const,
      syncCommand,
    ],
    ['an action without one', { mode: 'bulk' } as const, {}],
  ])('is nothing for %s', (_, run, action) => {
    expect(bulkOf(run, action)).toBeUndefined();
  });
});

describe('isBulkDevice', () => {
  it.each(['windows', 'macOS', 'iOS', 'iPadOS'])('takes %s', (platform) => {
    expect(isBulkDevice(bulk, aBatchDevice({ platform }))).toBe(true);
  });

  it.each(['android', 'tvOS', 'visionOS', 'Linux', ''])('does not take %s', (platform) => {
    expect(isBulkDevice(bulk, aBatchDevice({ platform }))).toBe(false);
  });

  it('does not take an id that is no GUID, for which the whole call would be refused', () => {
    expect(isBulkDevice(bulk, aBatchDevice({ id: 'device-1' }))).toBe(false);
  });

  it('takes nothing without a bulk command', () => {
    expect(isBulkDevice(undefined, aBatchDevice())).toBe(false);
  });
});
