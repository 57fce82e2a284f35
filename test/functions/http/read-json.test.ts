import { HttpRequest } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../src/functions/http/read-json.ts';

const json = 'application/json';

function read(body: string | Uint8Array, headers: Record<string, string>, limitBytes = 1_000) {
  const content = typeof body === 'string' ? { string: body } : { bytes: body };
  const init = { method: 'POST', url: 'http://localhost/api/runs', headers, body: content };
  return readJson(new HttpRequest(init), limitBytes);
}

describe('a body', () => {
  it.each([json, 'Application/JSON', `${json};charset=utf-8`, `${json} ; charset="UTF-8"`])(
    'of the type %j is read',
    async (type) => {
      expect(await read('{"a":1}', { 'content-type': type })).toEqual({ a: 1 });
    },
  );

  it.each(['', ' \r\n'])('that is empty (%j) is none, whatever its type', async (body) => {
    expect(await read(body, { 'content-type': 'text/plain' })).toBeUndefined();
  });

  it('that is null is null, and not none', async () => {
    expect(await read('null', { 'content-type': json })).toBeNull();
  });

  it('with a byte order mark is read without it', async () => {
    expect(await read('\uFEFF{"a":1}', { 'content-type': json })).toEqual({ a: 1 });
  });

  it.each([
    `${json};charset=utf-16`,
    `${json}, text/plain`,
    'application/json-patch+json',
    'text/json',
    'application/x-www-form-urlencoded',
    '',
  ])('of the type %j is not read', async (type) => {
    await expect(read('{}', { 'content-type': type })).rejects.toMatchObject({ status: 415 });
  });

  it('that is compressed is not read', async () => {
    const headers = { 'content-type': json, 'content-encoding': 'gzip' };
    await expect(read('{}', headers)).rejects.toMatchObject({ status: 415 });
  });

  it('that is not UTF-8 is not guessed at', async () => {
    const latin1 = Uint8Array.from([0x7b, 0xe9, 0x7d]);
    await expect(read(latin1, { 'content-type': json })).rejects.toMatchObject({
      status: 400,
      message: 'The body is not text in UTF-8.',
    });
  });

  it.each([1_000, 1_001])('of %i bytes is held to a limit of 1,000', async (bytes) => {
    const body = `"${'x'.repeat(bytes - 2)}"`;
    const answer = read(body, { 'content-type': json });
    await (bytes === 1_000
      ? expect(answer).resolves.toHaveLength(998)
      : expect(answer).rejects.toMatchObject({
          status: 413,
          message: 'The body may have 1000 bytes at most.',
        }));
  });
});
