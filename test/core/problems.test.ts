import { describe, expect, it } from 'vitest';
import {
  approvalRequired,
  deadlineExceeded,
  listingFailed,
  missingPermission,
  planningFailed,
  unauthorized,
} from '../../src/core/problems.ts';

describe('a problem', () => {
  it('of a permission names every role that is missing', () => {
    const { code, detail } = missingPermission(['A.Read.All', 'B.Write.All']);
    expect(code).toBe('missingPermission');
    expect(detail).toContain('application permission A.Read.All and B.Write.All, then start');
  });

  it('of the listing says why, and that nothing was sent', () => {
    const { code, detail } = listingFailed('Page 3 failed.');
    expect(code).toBe('listingFailed');
    expect(detail).toMatch(/^Page 3 failed\. Nothing was sent:/);
  });

  it.each([
    [unauthorized(), 'unauthorized', 'Check that the tenant'],
    [approvalRequired(), 'approvalRequired', 'Exclude the managed identity'],
    [planningFailed(), 'planningFailed', 'The exceptions of planRun'],
    [deadlineExceeded(), 'deadlineExceeded', 'Raise SYNC_RUN_DEADLINE_HOURS'],
  ])('has a code for programs and the remedy for people: %#', (problem, code, remedy) => {
    expect(problem.code).toBe(code);
    expect(problem.detail).toContain(remedy);
  });
});
