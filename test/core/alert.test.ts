import { describe, expect, it } from 'vitest';
import { alertKey } from '../../src/core/alert.ts';
import { anAlert } from '../support/factories.ts';

describe('the key of an alert', () => {
  it('is the same for the same alert', () => {
    expect(alertKey(anAlert())).toBe(alertKey(anAlert()));
  });

  it.each([
    { id: 'alert-2' },
    { id: undefined },
    { rule: 'another' },
    { condition: 'resolved' as const },
    { firedAt: '2026-01-04T02:00:01Z' },
  ])('is another one for an alert with %j', (difference) => {
    expect(alertKey(anAlert(difference))).not.toBe(alertKey(anAlert()));
  });

  it('cannot be made alike by moving text from one part to the next', () => {
    const one = anAlert({ id: 'a","b', rule: 'c' });
    const other = anAlert({ id: 'a', rule: 'b","c' });
    expect(alertKey(one)).not.toBe(alertKey(other));
  });

  it('is none when the alert does not say when it fired', () => {
    expect(alertKey(anAlert({ firedAt: undefined }))).toBeUndefined();
  });

  it('has a space, which no Idempotency-Key has', () => {
    expect(alertKey(anAlert())).toContain(' ');
  });
});
