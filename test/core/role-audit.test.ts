import { describe, expect, it } from 'vitest';
import { auditRoles } from '../../src/core/role-audit.ts';
import { rolesFor } from '../../src/core/roles.ts';

const read = 'DeviceManagementManagedDevices.Read.All';
const act = 'DeviceManagementManagedDevices.PrivilegedOperations.All';
const offered = [
  { id: 'id-read', value: read },
  { id: 'id-act', value: act },
  { id: 'id-user', value: 'User.Read.All' },
];
const needed = rolesFor(['sync']);
const neededFor = 'sync';

describe('auditRoles', () => {
  it('finds what is held', () => {
    const assignments = [
      { id: 'a', appRoleId: 'id-act' },
      { id: 'b', appRoleId: 'id-read' },
    ];
    expect(auditRoles(needed, offered, assignments)).toEqual([
      { role: read, neededFor, state: 'held', assignmentId: 'b' },
      { role: act, neededFor, state: 'held', assignmentId: 'a' },
    ]);
  });

  it('finds what is missing, with the id that it is granted by', () => {
    expect(auditRoles(needed, offered, [{ id: 'a', appRoleId: 'id-act' }])).toEqual([
      { role: read, neededFor, state: 'missing', appRoleId: 'id-read' },
      { role: act, neededFor, state: 'held', assignmentId: 'a' },
    ]);
  });

  it('finds what is not needed, also a role that the API has no more', () => {
    const assignments = [
      { id: 'a', appRoleId: 'id-user' },
      { id: 'b', appRoleId: 'id-gone' },
    ];
    expect(auditRoles([], offered, assignments)).toEqual([
      { role: 'User.Read.All', state: 'notNeeded', assignmentId: 'a' },
      { role: 'id-gone', state: 'notNeeded', assignmentId: 'b' },
    ]);
  });

  it('finds what is needed but not offered', () => {
    expect(auditRoles(needed, offered.slice(1), [])).toEqual([
      { role: read, neededFor, state: 'notOffered' },
      { role: act, neededFor, state: 'missing', appRoleId: 'id-act' },
    ]);
  });

  it('finds nothing when nothing is needed and nothing held', () => {
    expect(auditRoles([], offered, [])).toEqual([]);
  });
});
