import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FunctionDefinition } from '../instance/function-definition.ts';
import { isAuthorised } from './authorisation.ts';
import { readBody } from './request-body.ts';
import { splitPath } from './split-path.ts';
import { writeStatus } from './write-response.ts';

/** What the admin route needs. */
export interface AdminOptions {
  functions: ReadonlyMap<string, FunctionDefinition>;
  hostKey: string;
  bodyLimitBytes: number;
  /** Runs a timer or queue function by hand; the caller does not wait for it. */
  runByHand: (definition: FunctionDefinition, input: string) => void;
}

/** An answer: a status, and for a bad request what is wrong with it. */
interface AdminAnswer {
  status: 202 | 400 | 401 | 404 | 413;
  problem?: string;
}

/**
 * Answers `POST /admin/functions/{name}`: starts the function and returns 202 at once. The body is
 * `{ "input": ... }` or empty; `input` is what a queue function gets as its message.
 */
export async function handleAdminRequest(
  request: IncomingMessage,
  response: ServerResponse,
  options: AdminOptions,
): Promise<void> {
  const { status, problem } = await answer(request, options);
  if (problem === undefined) writeStatus(response, status);
  else response.writeHead(status, { 'content-type': 'text/plain' }).end(problem);
}

async function answer(
  request: IncomingMessage,
  { functions, hostKey, bodyLimitBytes, runByHand }: AdminOptions,
): Promise<AdminAnswer> {
  const [, section, name = '', ...rest] = splitPath(request.url ?? '/') ?? [];
  const isKnownPath = section?.toLowerCase() === 'functions' && rest.length === 0;
  if (request.method !== 'POST' || !isKnownPath) return { status: 404 };
  if (!isAuthorised('admin', request, hostKey)) return { status: 401 };
  const definition = findByName(functions, name);
  if (definition === undefined) return { status: 404 };
  if (definition.trigger.kind === 'http') {
    return { status: 400, problem: `function '${definition.name}' is called by its route` };
  }
  const body = await readBody(request, bodyLimitBytes);
  if (body === undefined) return { status: 413 };
  const input = readInput(body.toString('utf8'));
  if (input === undefined) return { status: 400, problem: 'the body is {"input": ...} or empty' };
  runByHand(definition, input);
  return { status: 202 };
}

function findByName(
  functions: ReadonlyMap<string, FunctionDefinition>,
  name: string,
): FunctionDefinition | undefined {
  return [...functions.values()].find((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** @returns the input as text, '' when there is none, undefined when the body is something else */
function readInput(body: string): string | undefined {
  if (body.trim() === '') return '';
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const input = 'input' in parsed ? parsed.input : '';
  return typeof input === 'string' ? input : JSON.stringify(input);
}
