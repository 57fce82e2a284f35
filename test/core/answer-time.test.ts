import { expect, it } from 'vitest';
import { ALERT_TIME_MS, PROOF_TIME_MS } from '../../src/core/answer-time.ts';

it('An alert is answered within 5 s when both the proof of its caller and storage hang', () => {
  expect(PROOF_TIME_MS + ALERT_TIME_MS).toBeLessThan(5_000);
});
