import type { HttpResponseInit } from '@azure/functions';

/** One thing that is wrong with a request; `path` is that of a field, `scope.platforms.0`. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** What a problem may have beside its status and detail. */
export interface ProblemOptions {
  readonly title?: string;
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that cannot be answered as wanted, as RFC 9457 reports it. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly status: number;
  /** What kind of problem it is; unless given, as its status says. */
  readonly title: string;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.status = status;
    this.title = options.title ?? titles[status] ?? 'The request failed';
    this.errors = options.errors ?? [];
    this.headers = options.headers ?? {};
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  401: 'Who is calling is not proven',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Not possible in this state',
  413: 'The request is too large',
  415: 'The media type is not supported',
  429: 'Too many requests',
  500: 'The request failed',
  503: 'Storage does not answer',
};

/** A continuation token that no page of the list carried. */
export function invalidToken(): HttpProblem {
  return new HttpProblem(400, 'The query has parameters that cannot be used.', {
    errors: [{ path: 'continuationToken', message: 'must be that of the page before, unchanged' }],
  });
}

/** The `application/problem+json` answer. */
export function problemResponse(problem: HttpProblem): HttpResponseInit {
  const { status, title, message: detail, errors, headers } = problem;
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
    body: JSON.stringify({
      type: 'about:blank',
      title,
      status,
      detail,
      ...(errors.length > 0 ? { errors } : {}),
    }),
  };
}
