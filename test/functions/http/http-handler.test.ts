import { RestError } from '@azure/data-tables';
import { describe, expect, it } from 'vitest';
import { httpHandler } from '../../../src/functions/http/http-handler.ts';
import { HttpProblem } from '../../../src/functions/http/problem.ts';
import { callHttp, problemHeaders } from '../support/call-http.ts';

const failingWith = (error: Error) => callHttp(httpHandler(() => Promise.reject(error)));

describe('a handler that fails', () => {
  it('with a problem answers that problem, and logs nothing', async () => {
    const problem = new HttpProblem(404, 'There is no such thing.', {
      errors: [{ path: 'id', message: 'is unknown' }],
      headers: { 'Retry-After': '3' },
    });
    expect(await failingWith(problem)).toEqual({
      status: 404,
      headers: { ...problemHeaders, 'retry-after': '3' },
      body: {
        type: 'about:blank',
        title: 'Not found',
        status: 404,
        detail: 'There is no such thing.',
        errors: [{ path: 'id', message: 'is unknown' }],
      },
      log: [],
    });
  });

  it.each([
    new RestError('busy', { statusCode: 503 }),
    new RestError('busy', { statusCode: 500 }),
    new RestError('slow down', { statusCode: 429 }),
    new RestError('refused', { code: 'REQUEST_SEND_ERROR' }),
    Object.assign(new Error('gave up'), { name: 'AbortError' }),
  ])('since storage does not answer (%s) answers 503 and when to come again', async (error) => {
    expect(await failingWith(error)).toEqual({
      status: 503,
      headers: { ...problemHeaders, 'retry-after': '5' },
      body: {
        type: 'about:blank',
        title: 'Storage does not answer',
        status: 503,
        detail: 'Storage does not answer. Nothing was started; try again shortly.',
      },
      log: [`error: The request failed: ${error.message}`],
    });
  });

  it.each([
    new RestError('no permission', { statusCode: 403 }),
    new RestError('exists', { statusCode: 409 }),
    new TypeError('a fault'),
  ])('for any other reason (%s) answers 500 without the reason', async (error) => {
    expect(await failingWith(error)).toEqual({
      status: 500,
      headers: problemHeaders,
      body: {
        type: 'about:blank',
        title: 'The request failed',
        status: 500,
        detail: 'The log says why, under invocation invocation-1.',
      },
      log: [`error: The request failed: ${error.message}`],
    });
  });
});
