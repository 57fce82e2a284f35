import { renderColumns } from '../command-line/render-columns.ts';
import type { FunctionsHost } from './main/functions-host.ts';
import type { FunctionSummary } from './protocol.ts';

/** What the host prints when it is up: the functions with their addresses, and how to call them. */
export function renderStart(
  host: Pick<FunctionsHost, 'url' | 'functions' | 'functionKey' | 'isKeyRandom' | 'instances'>,
): string {
  const count = host.instances().length;
  const functions = host.functions.map((one) => [one.name, ...describe(one, host.url)]);
  const key = `Key: ${host.functionKey}  (header x-functions-key; LOCAL_FUNCTION_KEY sets another)`;
  return [
    `Functions host on ${host.url}, ${count} ${count === 1 ? 'instance' : 'instances'}`,
    renderColumns(functions),
    `Any timer or queue function by hand: POST ${host.url}/admin/functions/<name>`,
    ...(host.isKeyRandom ? [key] : []),
    'Ctrl+C stops it.',
  ].join('\n\n');
}

function describe(one: FunctionSummary, url: string): string[] {
  const [kind, source] =
    one.kind === 'http' ? [one.methods.join(','), `${url}${one.source}`] : [one.kind, one.source];
  return [kind, one.isDisabled ? `${source}  (disabled by a setting)` : source];
}
