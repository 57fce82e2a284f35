import { expect, it } from 'vitest';
import { commandCatalog } from '../../../src/core/actions/command-catalog.ts';
import { actions } from '../../../src/core/actions/index.ts';
import { aDeviceId } from '../../support/factories.ts';

const catalog = commandCatalog(actions);

it('makes the command of a run out of its action and parameters', () => {
  const command = catalog.of({ action: 'syncDevice', parameters: { endpoint: 'comanaged' } });
  expect(command.request(aDeviceId(1)).url).toContain('/comanagedDevices/');
});

it.each(['wipe', 'constructor', '__proto__', ''])('has no action %j', (action) => {
  expect(() => catalog.of({ action, parameters: {} })).toThrow(`There is no action ${action}.`);
});
