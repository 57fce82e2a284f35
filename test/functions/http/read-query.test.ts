import { HttpRequest } from '@azure/functions';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HttpProblem } from '../../../src/functions/http/problem.ts';
import { limit, readQuery } from '../../../src/functions/http/read-query.ts';

const schema = z.strictObject({ outcome: z.string().optional(), limit: limit(20, 100) });

function read(query: string) {
  const request = new HttpRequest({ method: 'GET', url: `http://localhost/api/runs?${query}` });
  return readQuery(request, schema);
}

/** What is told of a query that is refused. */
function errorsOf(query: string): HttpProblem['errors'] {
  try {
    read(query);
  } catch (error) {
    if (error instanceof HttpProblem) return error.errors;
    throw error;
  }
  return [];
}

describe('a query', () => {
  it('is read with the defaults of what it leaves out', () => {
    expect(read('outcome=failed')).toEqual({ outcome: 'failed', limit: 20 });
  });

  it('may hold the key, however often', () => {
    expect(read('code=a&limit=5&code=b')).toEqual({ limit: 5 });
  });

  it('is refused when it has a parameter twice: one of the two would be ignored', () => {
    const message =
      'is there more than once; give it once, the values of a list with commas between them';
    expect(errorsOf('outcome=failed&limit=5&outcome=unknown&outcome=failed')).toEqual([
      { path: 'outcome', message },
    ]);
  });

  it('is told everything that is wrong with it', () => {
    const paths = errorsOf('limit=0&state=open&limit=0').map(({ path }) => path);
    expect(paths.toSorted()).toEqual(['limit', 'limit', 'state']);
  });
});
