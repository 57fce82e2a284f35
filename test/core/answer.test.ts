import { describe, expect, it } from 'vitest';
import { type Answer, type Verdict, classifyAnswer } from '../../src/core/answer.ts';
import { approvalRequired, missingPermission, unauthorized } from '../../src/core/problems.ts';

const role = 'Some.Role';

describe('classifyAnswer', () => {
  it.each<[string, Answer, Verdict]>([
    ['204', { status: 204 }, { kind: 'accepted' }],
    ['200', { status: 200, requestId: 'r' }, { kind: 'accepted' }],
    ['404', { status: 404, code: 'ResourceNotFound' }, notFound('ResourceNotFound')],
    ['404 without a code', { status: 404 }, notFound('http404')],
    ['410', { status: 410, code: 'Gone' }, notFound('Gone')],
    ['400', { status: 400, code: 'BadRequest' }, notSupported('BadRequest')],
    ['405', { status: 405 }, notSupported('http405')],
    ['409', { status: 409, code: 'Conflict' }, { kind: 'failed', code: 'Conflict' }],
    ['422', { status: 422 }, { kind: 'failed', code: 'http422' }],
    ['302', { status: 302 }, { kind: 'failed', code: 'http302' }],
    ['429', { status: 429, code: 'TooManyRequests' }, { kind: 'throttled' }],
    ['429 with a wait', { status: 429, retryAfterMs: 1 }, { kind: 'throttled', retryAfterMs: 1 }],
    ['408', { status: 408 }, { kind: 'transient', code: 'http408' }],
    ['500', { status: 500, code: 'InternalError' }, { kind: 'transient', code: 'InternalError' }],
    [
      '503 with a wait',
      { status: 503, retryAfterMs: 30_000 },
      { kind: 'transient', code: 'http503', retryAfterMs: 30_000 },
    ],
    ['599', { status: 599 }, { kind: 'transient', code: 'http599' }],
    ['no answer', { status: 0 }, { kind: 'transient', code: 'noAnswer' }],
    ['a timeout', { status: 0, code: 'timeout' }, { kind: 'transient', code: 'timeout' }],
  ])('takes %s for what it is', (_, answer, verdict) => {
    expect(classifyAnswer(answer, role)).toEqual(verdict);
  });

  it('refuses on 401, to a renewed token as well', () => {
    expect(classifyAnswer({ status: 401 }, role)).toEqual({
      kind: 'refused',
      code: 'http401',
      problem: unauthorized(),
    });
  });

  it('names the role that a 403 asks for', () => {
    expect(classifyAnswer({ status: 403, code: 'Forbidden' }, role)).toEqual({
      kind: 'refused',
      code: 'Forbidden',
      problem: missingPermission([role]),
    });
  });

  it.each<Answer>([
    { status: 403, code: 'Forbidden', message: 'Multi Admin Approval is required.' },
    { status: 403, code: 'ApprovalRequired' },
  ])('sees Multi Admin Approval in %j', (answer) => {
    const verdict = classifyAnswer(answer, role);
    expect(verdict).toMatchObject({ kind: 'refused', problem: approvalRequired() });
  });

  it.each(['An error in unit 0429', 'status 503', 'approval'])(
    'does not let the message %j decide about a 404',
    (message) => {
      expect(classifyAnswer({ status: 404, code: 'X', message }, role)).toEqual(notFound('X'));
    },
  );
});

function notFound(code: string): Verdict {
  return { kind: 'notFound', code };
}

function notSupported(code: string): Verdict {
  return { kind: 'notSupported', code };
}
