import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BatchSummary } from '../../src/core/batch.ts';
import { type Fold, foldBatches } from '../../src/core/fold.ts';
import { addTotals, noTotals } from '../../src/core/totals.ts';
import { aBatchSummary, someTotals, startOfTest } from '../support/factories.ts';

const nothing = { foldedThrough: 0, folded: noTotals };

describe('foldBatches', () => {
  it('of no batches is nothing', () => {
    expect(foldBatches(nothing, [])).toEqual({ ...nothing, totals: noTotals });
  });

  it('folds up to the first pending batch, and counts those beyond it', () => {
    const open = [
      done(0, { success: 2 }),
      done(1, { error: 1, errorsByCode: { timeout: 1 } }),
      aBatchSummary({ number: 2 }),
      done(3, { success: 5, throttled: 2 }),
    ];
    expect(foldBatches(nothing, open)).toEqual({
      foldedThrough: 2,
      folded: someTotals({ success: 2, error: 1, batches: 2, errorsByCode: { timeout: 1 } }),
      totals: someTotals({
        success: 7,
        error: 1,
        batches: 3,
        throttled: 2,
        errorsByCode: { timeout: 1 },
      }),
      lastFinishedAt: startOfTest + 3,
    });
  });

  it('goes on from what was folded, and keeps the latest end', () => {
    const base = {
      foldedThrough: 4,
      folded: someTotals({ success: 40, batches: 4 }),
      lastFinishedAt: startOfTest + 100,
    };
    const folded = someTotals({ success: 41, batches: 5 });
    expect(foldBatches(base, [done(4, { success: 1 })])).toEqual({
      foldedThrough: 5,
      folded,
      totals: folded,
      lastFinishedAt: startOfTest + 100,
    });
  });

  it('does not count a look twice: the same look gives the same fold', () => {
    const open = [done(0, { success: 3 }), done(2, { success: 1 })];
    expect(foldBatches(nothing, open)).toEqual(foldBatches(nothing, open));
  });

  it('equals the plain sum, in whatever order the batches finish', () => {
    const counts = fc.record({ success: small, error: small, cancelled: small, unknown: small });
    const anyEnd = fc.array(counts, { maxLength: 12 }).chain((batches) =>
      fc.record({
        batches: fc.constant(batches),
        order: fc.shuffledSubarray([...batches.keys()], { minLength: batches.length }),
      }),
    );
    fc.assert(
      fc.property(anyEnd, ({ batches, order }) => {
        const summaries = batches.map((_, number) => aBatchSummary({ number }));
        let fold: Fold = { ...nothing, totals: noTotals };
        for (const number of order) {
          summaries[number] = done(number, batches[number] ?? {});
          fold = foldBatches(fold, summaries.slice(fold.foldedThrough));
          expect(fold.totals).toEqual(sumOf(summaries));
        }
        expect(fold.foldedThrough).toBe(batches.length);
        expect(fold.folded).toEqual(fold.totals);
      }),
    );
  });
});

const small = fc.integer({ min: 0, max: 98 });

function done(number: number, counts: Parameters<typeof someTotals>[0]): BatchSummary {
  return aBatchSummary({
    number,
    status: 'done',
    finishedAt: startOfTest + number,
    totals: someTotals({ batches: 1, ...counts }),
  });
}

function sumOf(batches: readonly BatchSummary[]) {
  return batches
    .filter(({ status }) => status !== 'pending')
    .map(({ totals }) => totals)
    .reduce(addTotals, noTotals);
}
