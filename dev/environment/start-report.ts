import { renderColumns } from '../command-line/render-columns.ts';

/** What the parts of a local start are called where people read them. */
const partNames: Readonly<Record<string, string>> = {
  storage: 'storage (Azurite)',
  identity: 'managed identity',
  graph: 'Microsoft Graph, simulated',
  telemetry: 'Application Insights, simulated',
  issuer: 'Entra ID for callers, simulated',
  host: 'Functions host with the app',
};

const nameWidth = Math.max(...Object.values(partNames).map((name) => name.length));

/** One line of the start: what is up, and how long it took. */
export function renderPart(name: string, elapsedMs: number): string {
  const label = partNames[name] ?? name;
  return renderColumns([[label.padEnd(nameWidth), `${(elapsedMs / 1000).toFixed(1)} s`]]);
}
