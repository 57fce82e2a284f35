import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/core/answer.ts';
import type { DeviceProgress, DeviceResult } from '../../src/core/batch.ts';
import { approvalRequired, missingPermission, unauthorized } from '../../src/core/problems.ts';
import { recordAnswers } from '../../src/core/record-answers.ts';
import { aBatch, batchDevices, startOfTest as now } from '../support/factories.ts';

const policy = { maxRetries: 2, initialDelayMs: 5_000, maxDelayMs: 300_000 };
/** The highest wait that the jitter can give: backoff is exact with it. */
const sentBy = 'perDevice';
const context = { now, policy, command: { role: 'Some.Role' }, random: () => 1, sentBy } as const;

/** What becomes of one device that has this behind it and now gets this answer. */
function after(before: Partial<DeviceProgress>, answer: Answer) {
  const progress = [{ attempts: 0, failures: 0, ...before }];
  const batch = aBatch({ devices: batchDevices(1), progress });
  const { batch: recorded, ...rest } = recordAnswers(batch, [0], [answer], context);
  return { device: recorded.progress[0], throttled: recorded.throttled, ...rest };
}

describe('a final answer', () => {
  it.each<[string, Answer, DeviceResult]>([
    ['204', { status: 204 }, { outcome: 'accepted', acceptedAt: now }],
    [
      '204 with a request id',
      { status: 204, requestId: 'r1' },
      { outcome: 'accepted', acceptedAt: now, requestId: 'r1' },
    ],
    [
      '404',
      { status: 404, code: 'ResourceNotFound', message: 'gone', requestId: 'r1' },
      { outcome: 'notFound', code: 'ResourceNotFound', message: 'gone', requestId: 'r1' },
    ],
    ['400', { status: 400, code: 'BadRequest' }, { outcome: 'notSupported', code: 'BadRequest' }],
    ['405', { status: 405 }, { outcome: 'notSupported', code: 'http405' }],
    ['409', { status: 409 }, { outcome: 'failed', code: 'http409' }],
  ])('%s is recorded for the device', (_, answer, result) => {
    expect(after({ attempts: 1, failures: 1, retryAt: now }, answer)).toEqual({
      device: { attempts: 2, failures: 1, result: { ...result, sentBy } },
      throttled: 0,
    });
  });

  it.each([
    [{ status: 401 }, unauthorized()],
    [{ status: 403, code: 'Forbidden' }, missingPermission(['Some.Role'])],
    [{ status: 403, message: 'Approval is required.' }, approvalRequired()],
  ])('%j fails the device and names the problem of the run', (answer, problem) => {
    const { device, problem: found } = after({}, answer);
    expect(device?.result?.outcome).toBe('failed');
    expect(found).toEqual(problem);
  });
});

describe('a transient answer', () => {
  it.each([
    ['names no wait', { status: 503 }, 0, 5_000],
    ['is the second one', { status: 500 }, 1, 10_000],
    ['asks for a wait', { status: 503, retryAfterMs: 30_000 }, 0, 30_000],
    ['asks for no wait at all', { status: 503, retryAfterMs: 0 }, 0, 0],
    ['is none: a timeout', { status: 0, code: 'timeout' }, 0, 5_000],
  ])('that %s is tried again after it', (_, answer, failures, waitMs) => {
    expect(after({ attempts: failures, failures }, answer)).toEqual({
      device: { attempts: failures + 1, failures: failures + 1, retryAt: now + waitMs },
      throttled: 0,
    });
  });

  it('leaves a device that bulk did not reach to commands of its own', () => {
    expect(after({ attempts: 1, isSingle: true }, { status: 503 }).device).toEqual({
      attempts: 2,
      failures: 1,
      isSingle: true,
      retryAt: now + 5_000,
    });
  });

  it('fails the device once its retries are used up', () => {
    const answer = { status: 503, code: 'ServiceUnavailable', message: 'busy', requestId: 'r1' };
    const { status: _status, ...facts } = answer;
    expect(after({ attempts: 2, failures: 2 }, answer)).toEqual({
      device: { attempts: 3, failures: 3, result: { outcome: 'failed', ...facts, sentBy } },
      throttled: 0,
    });
  });
});

describe('a throttled answer', () => {
  it('does not use up a retry, and closes the gate for all', () => {
    const before = { attempts: 40, failures: 2 };
    expect(after(before, { status: 429, retryAfterMs: 12_000 })).toEqual({
      device: { attempts: 41, failures: 2, retryAt: now + 12_000 },
      throttled: 1,
      throttledMs: 12_000,
    });
  });

  it('without a wait is followed by backoff', () => {
    expect(after({ attempts: 1 }, { status: 429 })).toEqual({
      device: { attempts: 2, failures: 0, retryAt: now + 10_000 },
      throttled: 1,
      throttledMs: 10_000,
    });
  });

  it('without a wait is not followed by a longer one for having failed before', () => {
    expect(after({ attempts: 2, failures: 2 }, { status: 429 })).toEqual({
      device: { attempts: 3, failures: 2, retryAt: now + 5_000 },
      throttled: 1,
      throttledMs: 5_000,
    });
  });
});

describe('the answers to a chunk', () => {
  const batch = aBatch({ devices: batchDevices(6), throttled: 1 });

  it('go to the devices that were sent to, and to no other', () => {
    const accepted = { status: 204 };
    const { batch: recorded } = recordAnswers(batch, [4, 1], [{ status: 404 }, accepted], context);
    const untouched = { attempts: 0, failures: 0 };
    const once = { attempts: 1, failures: 0 };
    expect(recorded).toEqual({
      ...batch,
      progress: [
        untouched,
        { ...once, result: { outcome: 'accepted', acceptedAt: now, sentBy } },
        untouched,
        untouched,
        { ...once, result: { outcome: 'notFound', code: 'http404', sentBy } },
        untouched,
      ],
    });
  });

  it('make all that have to wait wait for the longest wait asked for', () => {
    const answers = [
      { status: 204 },
      { status: 429, retryAfterMs: 12_000 },
      { status: 429, retryAfterMs: 30_000 },
      { status: 503, retryAfterMs: 1_000 },
      { status: 404 },
    ];
    const recorded = recordAnswers(batch, [0, 1, 2, 3, 4], answers, context);
    expect(recorded.batch.progress.map(({ retryAt }) => retryAt)).toEqual([
      undefined,
      now + 30_000,
      now + 30_000,
      now + 30_000,
      undefined,
      undefined,
    ]);
    expect(recorded.batch.throttled).toBe(3);
    expect(recorded.throttledMs).toBe(30_000);
  });

  it('close the gate for what throttling asks, not for a failure beside it', () => {
    const answers = [
      { status: 429, retryAfterMs: 2_000 },
      { status: 503, retryAfterMs: 600_000 },
    ];
    const recorded = recordAnswers(batch, [0, 1], answers, context);
    expect(recorded.throttledMs).toBe(2_000);
    expect(recorded.batch.progress[0]?.retryAt).toBe(now + 600_000);
  });

  it('do not make the wait after a failure longer for having been throttled before', () => {
    const progress = [{ attempts: 9, failures: 0 }];
    const throttledBefore = aBatch({ devices: batchDevices(1), progress });
    const recorded = recordAnswers(throttledBefore, [0], [{ status: 500 }], context);
    expect(recorded.batch.progress[0]?.retryAt).toBe(now + 5_000);
  });

  it('that are one 429 for the whole chunk count as one', () => {
    const throttled = { status: 429, retryAfterMs: 2_000 };
    const answers = [throttled, throttled, throttled];
    expect(recordAnswers(batch, [0, 1, 2], answers, context).batch.throttled).toBe(2);
  });

  it('that are missing count as no answer', () => {
    const { batch: recorded } = recordAnswers(batch, [0, 1], [{ status: 204 }], context);
    expect(recorded.progress[1]).toEqual({ attempts: 1, failures: 1, retryAt: now + 5_000 });
  });

  it('keep the first problem of several', () => {
    const { problem } = recordAnswers(batch, [0, 1], [{ status: 401 }, { status: 403 }], context);
    expect(problem).toEqual(unauthorized());
  });

  it('leave the batch they are for as it was', () => {
    const before = structuredClone(batch);
    recordAnswers(batch, [0], [{ status: 204 }], context);
    expect(batch).toEqual(before);
  });

  it('give each device a result or a time to try again, whatever they are', () => {
    const anyAnswer = fc.record(
      {
        status: fc.constantFrom(0, 200, 204, 302, 400, 401, 403, 404, 408, 409, 429, 500, 503),
        code: fc.string(),
        message: fc.string(),
        retryAfterMs: fc.integer({ min: 0, max: 3_600_000 }),
      },
      { requiredKeys: ['status'] },
    );
    fc.assert(
      fc.property(fc.array(anyAnswer, { minLength: 1, maxLength: 20 }), (answers) => {
        const chunk = aBatch({ devices: batchDevices(answers.length) });
        const recorded = recordAnswers(chunk, [...answers.keys()], answers, context);
        for (const device of recorded.batch.progress) {
          expect(device.attempts).toBe(1);
          expect(device.result === undefined).toBe(device.retryAt !== undefined);
          expect(device.retryAt ?? now).toBeGreaterThanOrEqual(now);
        }
        expect(recorded.throttledMs !== undefined).toBe(recorded.batch.throttled > 0);
      }),
    );
  });
});
