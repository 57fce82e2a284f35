export { startFunctionsHost } from './main/functions-host.ts';
export type { FunctionsHost, FunctionsHostOptions } from './main/functions-host.ts';
export type { FunctionSummary } from './protocol.ts';
export { ConfigurationError } from './settings/configuration-error.ts';
export { LOG_LEVELS } from './log/log.ts';
export type { LogLevel } from './log/log.ts';
