import { describe, expect, it } from 'vitest';
import { queueDelayOf } from '../../src/core/queue-delay.ts';
import { aBatchSummary, startOfTest as now } from '../support/factories.ts';

const waiting = aBatchSummary({ dueAt: now - 600_000 });
const taken = aBatchSummary({ dueAt: now - 90_000, claimedBy: 'worker', aliveAt: now - 10_000 });
const done = aBatchSummary({ status: 'done', dueAt: now - 90_000, finishedAt: now - 40_000 });

describe('the delay of a run’s queue', () => {
  it('is none when nobody has taken a batch', () => {
    expect(queueDelayOf([])).toBe(0);
    expect(queueDelayOf([waiting])).toBe(0);
  });

  it('is what a batch was overdue by when its worker was last heard of', () => {
    expect(queueDelayOf([done])).toBe(50_000);
    expect(queueDelayOf([taken])).toBe(80_000);
  });

  it('is that of the batch that was overdue longest', () => {
    expect(queueDelayOf([done, waiting, taken])).toBe(80_000);
  });

  it('is none when batches are taken before they are due', () => {
    expect(queueDelayOf([{ ...taken, dueAt: now }])).toBe(0);
  });
});
