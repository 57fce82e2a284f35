import { expect, test } from 'vitest';
import { graphSchema } from '../../../src/cli/permissions/directory-entities.ts';

const id = '2f51be20-0bb4-4fed-bf7b-db946066c75e';
const role = { id, value: 'Device.Read.All', isEnabled: true, allowedMemberTypes: ['Application'] };

test.each([
  ['of an application', {}, true],
  ['of users and applications', { allowedMemberTypes: ['User', 'Application'] }, true],
  ['of users only', { allowedMemberTypes: ['User'] }, false],
  ['that is switched off', { isEnabled: false }, false],
  ['without a name', { value: null }, false],
])('a role %s can be granted to an identity or not: %j', (_, changes, isOffered) => {
  const graph = graphSchema.parse({ id, appRoles: [{ ...role, ...changes }] });
  expect(graph.appRoles).toEqual(isOffered ? [{ id, value: 'Device.Read.All' }] : []);
});
