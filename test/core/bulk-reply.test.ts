import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/core/answer.ts';
import { type BulkReply, recordBulkReply } from '../../src/core/bulk-reply.ts';
import { aBatch, batchDevices, startOfTest as now } from '../support/factories.ts';

const policy = { maxRetries: 2, initialDelayMs: 5_000, maxDelayMs: 60_000 };
const context = { now, policy, command: { role: 'Some.Role' }, random: () => 1 };
const untouched = { attempts: 0, failures: 0 };
const single = { attempts: 1, failures: 0, isSingle: true };

/** What the devices of a batch of four have become. */
function after(reply: BulkReply, progress = [untouched, untouched, untouched, untouched]) {
  const batch = aBatch({ devices: batchDevices(4), progress });
  const { batch: recorded, ...rest } = recordBulkReply(batch, [0, 1, 2, 3], reply, context);
  return { devices: recorded.progress, throttled: recorded.throttled, ...rest };
}

const failed = (answer: Answer): BulkReply => ({ kind: 'failed', answer });

describe('the reply to a bulk call', () => {
  it('leads to an outcome where it says one, and to a command of its own where it does not', () => {
    const answers = [
      { status: 204 },
      undefined,
      { status: 404, code: 'notFound' },
      { status: 400 },
    ];
    const sentBy = 'bulk';
    expect(after({ kind: 'results', answers })).toEqual({
      devices: [
        { ...untouched, attempts: 1, result: { outcome: 'accepted', acceptedAt: now, sentBy } },
        single,
        { ...untouched, attempts: 1, result: { outcome: 'notFound', code: 'notFound', sentBy } },
        { ...untouched, attempts: 1, result: { outcome: 'notSupported', code: 'http400', sentBy } },
      ],
      throttled: 0,
      isRefused: false,
    });
  });

  it('concerns the devices of the call and no others', () => {
    const batch = aBatch({ devices: batchDevices(4) });
    const reply = { kind: 'results', answers: [undefined] } as const;
    const { batch: recorded } = recordBulkReply(batch, [2], reply, context);
    expect(recorded.progress).toEqual([untouched, untouched, single, untouched]);
  });
});

describe('a bulk call that fails as a whole', () => {
  it.each([400, 401, 403, 404, 405, 409, 410, 422])(
    'with %i is refused: every device gets a command of its own',
    (status) => {
      expect(after(failed({ status }))).toEqual({
        devices: [single, single, single, single],
        throttled: 0,
        isRefused: true,
      });
    },
  );

  it('by being throttled is one throttled answer, and is tried again after the wait', () => {
    const waiting = { attempts: 1, failures: 0, retryAt: now + 9_000 };
    expect(after(failed({ status: 429, retryAfterMs: 9_000 }))).toEqual({
      devices: [waiting, waiting, waiting, waiting],
      throttled: 1,
      throttledMs: 9_000,
      isRefused: false,
    });
  });

  it.each([0, 408, 500, 503])('with %i is tried again once', (status) => {
    const waiting = { attempts: 1, failures: 1, retryAt: now + 5_000 };
    const once = after(failed({ status }));
    expect(once).toEqual({
      devices: [waiting, waiting, waiting, waiting],
      throttled: 0,
      isRefused: false,
    });
    expect(after(failed({ status }), [...once.devices])).toEqual({
      devices: Array.from({ length: 4 }, () => ({ ...single, attempts: 2 })),
      throttled: 0,
      isRefused: false,
    });
  });

  it('loses no device: each has a result, a wait, or is to get a command of its own', () => {
    const anyAnswer = fc.record({ status: fc.constantFrom(0, 200, 204, 400, 401, 404, 429, 503) });
    const anyReply: fc.Arbitrary<BulkReply> = fc.oneof(
      fc.record({ kind: fc.constant('failed' as const), answer: anyAnswer }),
      fc.record({
        kind: fc.constant('results' as const),
        answers: fc.array(fc.option(anyAnswer, { nil: undefined }), { maxLength: 6 }),
      }),
    );
    fc.assert(
      fc.property(anyReply, (reply) => {
        for (const device of after(reply).devices) {
          const { result, retryAt, isSingle } = device;
          const states = [result, retryAt, isSingle].filter((state) => state !== undefined);
          expect(states).toHaveLength(1);
          expect(device.attempts).toBe(1);
        }
      }),
    );
  });
});
