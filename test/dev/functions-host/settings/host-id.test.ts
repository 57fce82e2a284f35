import { expect, test } from 'vitest';
import { createHostId } from '../../../../dev/functions-host/settings/host-id.ts';

test.each([
  ['intune-fleet-sync', 'intune-fleet-sync'],
  ['@Scope/My App', 'scope-my-app'],
  ['x'.repeat(40), 'x'.repeat(32)],
  ['___', 'local'],
])('of %s is %s', (name, hostId) => {
  expect(createHostId(name, {})).toBe(hostId);
});

test('is the setting where there is one', () => {
  expect(createHostId('app', { AzureFunctionsWebHost__hostid: 'chosen' })).toBe('chosen');
});
