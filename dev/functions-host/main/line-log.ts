import { formatEntry } from '../log/format-entry.ts';
import { isShown } from '../log/log.ts';
import type { LogEntry, LogLevel } from '../log/log.ts';

/** Takes an entry of the host or, with a number, of an instance. */
export type LineLog = (entry: LogEntry, instance?: number) => void;

/**
 * Writes entries as lines.
 *
 * @param write takes a line; default standard output
 * @param least lower levels are left out; default `information`
 */
export function createLineLog(
  write: (line: string) => void = (line) => console.log(line),
  least: LogLevel = 'information',
): LineLog {
  return (entry, instance) => {
    if (isShown(entry.level, least)) write(formatEntry(entry, new Date(), instance));
  };
}
