import type { LogLevel } from '../log/log.ts';

/*
 * The part of the `@azure/functions-core` contract this host supplies. The package exists only inside
 * the real worker, so its types are written down here as @azure/functions 4.16 uses them.
 */

/** A value on its way between host and library; exactly one member is set. */
export interface TypedData {
  string?: string;
  json?: string;
  bytes?: Uint8Array;
  int?: number;
  double?: number;
  http?: RpcHttp;
}

/** A request on the way in (url, method, nullable*), a response on the way out (statusCode, ...). */
export interface RpcHttp {
  url?: string;
  method?: string;
  nullableHeaders?: Record<string, Nullable<string>>;
  nullableQuery?: Record<string, Nullable<string>>;
  nullableParams?: Record<string, Nullable<string>>;
  statusCode?: string;
  headers?: Record<string, string>;
  cookies?: RpcCookie[];
  body?: TypedData | null;
}

/** A value that may be absent on the wire. */
export interface Nullable<T> {
  value?: T;
}

/** A cookie as the library hands it to the host. */
export interface RpcCookie {
  name: string;
  value: string;
  domain?: Nullable<string>;
  path?: Nullable<string>;
  expires?: Nullable<{ seconds: number | string }>;
  secure?: Nullable<boolean>;
  httpOnly?: Nullable<boolean>;
  sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone';
  maxAge?: Nullable<number>;
}

/** A binding of a function as the library registers it. */
export type Binding = Readonly<Record<string, unknown>> & {
  type?: string;
  direction?: string;
};

/** What the library passes to `registerFunction`. */
export interface FunctionMetadata {
  name: string;
  functionId?: string;
  bindings: Record<string, Binding>;
  retryOptions?: unknown;
}

/** The app's handler, already wrapped by nothing: the library calls it with (input, context). */
export type FunctionCallback = (...inputs: unknown[]) => unknown;

/** What the host asks the library to run. */
export interface InvocationRequest {
  invocationId: string;
  functionId: string;
  inputData: { name: string; data: TypedData }[];
  triggerMetadata: Record<string, TypedData>;
  traceContext: { traceParent: string; traceState: string; attributes: Record<string, string> };
}

/** What the library answers. */
export interface InvocationResponse {
  invocationId: string;
  outputData?: { name: string; data: TypedData }[];
  returnValue?: TypedData | null;
}

/** States of an invocation, read by the library to recognise calls of `log` that come too late. */
export type InvocationState = 'preInvocationHooks' | 'invocation' | 'postInvocationHooks';

/** Who speaks: the app, or the library. */
export type LogCategory = 'user' | 'system' | 'customMetric';

/** The library's view of one invocation. */
export interface CoreInvocationContext {
  invocationId: string;
  request: InvocationRequest;
  metadata: FunctionMetadata;
  state?: InvocationState;
  log: (level: LogLevel, category: LogCategory, message: string) => void;
}

/** One invocation, made by the library. */
export interface InvocationModel {
  getArguments: () => Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction: (
    context: unknown,
    inputs: unknown[],
    callback: FunctionCallback,
  ) => Promise<unknown>;
  getResponse: (context: unknown, result: unknown) => Promise<InvocationResponse>;
}

/** What the library registers itself as. */
export interface ProgrammingModel {
  name: string;
  version: string;
  getInvocationModel: (
    context: CoreInvocationContext,
  ) => InvocationModel | Promise<InvocationModel>;
  getCapabilities?: (defaults: Record<string, string>) => Promise<Record<string, string>>;
}

/** The moments at which an app may hook in. */
export const HOOK_NAMES = [
  'preInvocation',
  'postInvocation',
  'appStart',
  'appTerminate',
  'log',
] as const;

/** One of {@link HOOK_NAMES}. */
export type HookName = (typeof HOOK_NAMES)[number];

/** A hook; the library wraps the app's handler so that it takes this plain object. */
export type HookCallback = (context: Record<string, unknown>) => unknown;
