import type { OptionValue } from './option.ts';
import type { OptionTable } from './parse-command-line.ts';
import { renderColumns } from './render-columns.ts';

/** What `--help` prints: the call, a sentence on what the command does, and its options. */
export function renderHelp(call: string, summary: string, table: OptionTable): string {
  const rows = Object.entries(table).map(([name, { placeholder, help, fallback }]) => [
    `--${name} ${placeholder}`.trimEnd(),
    `${help}${renderFallback(fallback)}`,
  ]);
  const options = renderColumns([...rows, ['--help', 'this text']]);
  return `${call} [options]\n\n${summary}\n\n${options}`;
}

function renderFallback(fallback: OptionValue): string {
  if (fallback === undefined || fallback === false) return '';
  const text = typeof fallback === 'object' ? fallback.join(',') : String(fallback);
  return text === '' ? '' : ` (default ${text})`;
}
