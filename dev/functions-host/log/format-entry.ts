import type { LogEntry } from './log.ts';

/**
 * An entry as one line: time, level, function, invocation, message. Line breaks become ` | `, so that
 * a line is always one entry and `grep` finds whole entries.
 *
 * @param instance number of the instance that reported it; absent for the host itself
 */
export function formatEntry(entry: LogEntry, at: Date, instance?: number): string {
  const functionName = entry.functionName ?? (instance === undefined ? 'host' : 'instance');
  const invocation = entry.invocationId?.slice(0, 8) ?? '-'.repeat(8);
  const source = instance === undefined ? functionName : `${functionName}#${instance}`;
  const message = entry.message.trim().replaceAll(/\s*[\r\n]+\s*/g, ' | ');
  return `${at.toISOString()} ${entry.level.padEnd(11)} ${source} ${invocation} ${message}`;
}
