import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src/core/batch.ts';
import {
  CLOCK_SKEW_MS,
  STALLED_AFTER_MS,
  claimBatch,
  needsMessage,
  putBack,
} from '../../src/core/claim.ts';
import { aBatch, startOfTest as now } from '../support/factories.ts';

const ago = (ms: number) => now - ms;

describe('claimBatch', () => {
  it.each<[string, Partial<Batch>]>([
    ['a batch that is due and free', {}],
    ['a free batch that is due within the clocks’ difference', { dueAt: now + CLOCK_SKEW_MS }],
    ['its own batch again, at once', { claimedBy: 'mine', aliveAt: ago(1) }],
    ['its own batch, early', { claimedBy: 'mine', aliveAt: ago(1), dueAt: now + 60_000 }],
    ['a batch whose worker stalled', { claimedBy: 'other', aliveAt: ago(STALLED_AFTER_MS) }],
    ['a batch whose worker gave no sign at all', { claimedBy: 'other' }],
  ])('a message takes %s', (_, overrides) => {
    const batch = aBatch(overrides);
    expect(claimBatch(batch, 'mine', now)).toEqual({
      kind: 'claimed',
      batch: { ...batch, claimedBy: 'mine', aliveAt: now },
    });
  });

  it.each([0, 1, STALLED_AFTER_MS - 1])(
    'a batch whose worker was alive %i ms ago is busy',
    (sinceMs) => {
      const batch = aBatch({ claimedBy: 'other', aliveAt: ago(sinceMs) });
      expect(claimBatch(batch, 'mine', now)).toEqual({ kind: 'busy' });
    },
  );

  it('a message that came too soon is told how much', () => {
    const batch = aBatch({ dueAt: now + CLOCK_SKEW_MS + 1 });
    expect(claimBatch(batch, 'mine', now)).toEqual({ kind: 'early', delayMs: CLOCK_SKEW_MS + 1 });
  });
});

describe('putBack', () => {
  it('ends the claim and moves the due time, and changes nothing else', () => {
    const free = aBatch({ throttled: 3, requeues: 1 });
    const claimed: Batch = { ...free, claimedBy: 'mine', aliveAt: now };
    expect(putBack(claimed, now + 30_000)).toEqual({ ...free, dueAt: now + 30_000 });
  });
});

describe('needsMessage', () => {
  it.each<[string, Partial<Batch>, boolean]>([
    ['is not due yet', { dueAt: now + 60_000 }, false],
    ['has just become due', {}, false],
    ['is due for as long as a worker may be silent', { dueAt: ago(STALLED_AFTER_MS) }, false],
    ['is due for longer', { dueAt: ago(STALLED_AFTER_MS + 1) }, true],
    ['is due for longer, but somebody works on it', claimedAgo(1), false],
    ['belongs to a silent worker', claimedAgo(STALLED_AFTER_MS + 1), true],
    ['is claimed without a sign, due long ago', { claimedBy: 'x', dueAt: ago(90_001) }, true],
    [
      'was replaced and taken, by a worker that is silent now',
      { ...claimedAgo(STALLED_AFTER_MS + 1), requeues: 1 },
      true,
    ],
    [
      'was replaced 6 times, and its worker was alive just now',
      { ...claimedAgo(STALLED_AFTER_MS), requeues: 6 },
      false,
    ],
    ['was replaced once, 3 min ago', { requeues: 1, dueAt: ago(180_000) }, false],
    ['was replaced once, longer ago', { requeues: 1, dueAt: ago(180_001) }, true],
    ['was replaced 6 times, 96 min ago', { requeues: 6, dueAt: ago(64 * 90_000) }, false],
    ['was replaced 50 times, longer ago', { requeues: 50, dueAt: ago(64 * 90_000 + 1) }, true],
  ])('of a batch that %s', (_, overrides, isNeeded) => {
    expect(needsMessage(aBatch(overrides), now)).toBe(isNeeded);
  });

  it('waits for as much longer as messages are known to wait, but not for a silent worker', () => {
    const overdue = aBatch({ dueAt: ago(STALLED_AFTER_MS + 60_001) });
    expect(needsMessage(overdue, now, 60_001)).toBe(false);
    expect(needsMessage(overdue, now, 60_000)).toBe(true);
    expect(needsMessage(aBatch(claimedAgo(STALLED_AFTER_MS + 1)), now, 60_000)).toBe(true);
  });
});

function claimedAgo(ms: number): Partial<Batch> {
  return { dueAt: ago(600_000), claimedBy: 'worker', aliveAt: ago(ms) };
}
