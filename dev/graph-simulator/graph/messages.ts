import type { Caller } from './access-token.ts';

/** The versions of Graph that are simulated. */
export const apiVersions = ['v1.0', 'beta'] as const;

export type ApiVersion = (typeof apiVersions)[number];

/** What Graph says about every request, for support: ids and the time. */
export interface Trace {
  requestId: string;
  /** As the client sent it, otherwise the request id. */
  clientRequestId: string;
  /** When the request arrived, milliseconds since 1970. */
  now: number;
  /** When its answer will leave, milliseconds since 1970; an endpoint can make it later still. */
  answersAt: number;
}

/** One request to be evaluated: an HTTP request, or an item of a $batch. */
export interface GraphRequest {
  method: string;
  version: ApiVersion;
  /** Decoded path segments after the version, e.g. ['deviceManagement', 'managedDevices']. */
  segments: readonly string[];
  query: URLSearchParams;
  /** By name in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parsed JSON body, undefined when there was none. */
  body: unknown;
  caller: Caller;
  trace: Trace;
}

/** An answer, before it is written as HTTP or as a batch item. */
export interface GraphResponse {
  status: number;
  headers: Record<string, string>;
  /** Written as JSON; absent for 204. */
  body?: unknown;
  /** What the JSON is passed off as. Default: JSON. In a $batch anything else comes as base64. */
  contentType?: 'application/octet-stream';
  /** Extra time the answer takes, on top of the latency. */
  delayMs?: number;
}
