/** Levels in the order of their weight, as the Functions library names them. */
export const LOG_LEVELS = [
  'trace',
  'debug',
  'information',
  'warning',
  'error',
  'critical',
  'none',
] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One thing that happened. */
export interface LogEntry {
  level: LogLevel;
  message: string;
  functionName?: string | undefined;
  invocationId?: string | undefined;
}

/** Takes entries; where they go is the receiver's affair. */
export type Log = (entry: LogEntry) => void;

/** Whether an entry of this level is wanted where `least` is the lowest level shown. */
export function isShown(level: LogLevel, least: LogLevel): boolean {
  if (level === 'none' || least === 'none') return false;
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(least);
}
