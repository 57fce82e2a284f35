import { expect, it } from 'vitest';
import { deviceOutcomes } from '../../src/core/device-report.ts';
import { defaultRetryOutcomes, retryableOutcomes } from '../../src/core/retry-outcomes.ts';

it('a retry takes what failed, was cancelled, is unknown or stayed silent', () => {
  expect(defaultRetryOutcomes).toEqual(['failed', 'cancelled', 'unknown', 'silent']);
});

it('a retry can choose only outcomes that a run reports, and none that went well', () => {
  expect(deviceOutcomes).toEqual(expect.arrayContaining([...retryableOutcomes]));
  const refused = deviceOutcomes.filter(
    (outcome) => !(retryableOutcomes as readonly string[]).includes(outcome),
  );
  expect(refused).toEqual(['planned', 'accepted', 'skipped', 'checkedIn', 'gone']);
});
