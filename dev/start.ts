import { appOptions, environmentOptions, portOption, rolesOption } from './command-line/options.ts';
import { plural } from './command-line/plural.ts';
import { renderColumns } from './command-line/render-columns.ts';
import { runCommand } from './command-line/run-command.ts';
import { untilAborted } from './command-line/until-aborted.ts';
import { startApp, type LocalApp } from './environment/index.ts';
import { renderPart } from './environment/start-report.ts';

await runCommand({
  call: 'npm start --',
  summary:
    'Starts the app and everything around it on 127.0.0.1, and keeps it up until Ctrl+C. Prints\n' +
    'where everything is, and the lines with which a run is started and followed.',
  options: { ...environmentOptions, ...appOptions, roles: rolesOption, port: portOption },
  run: async (options, signal) => {
    // The app's own words come after the addresses, which would be scrolled away otherwise.
    const early: string[] = [];
    let log: (line: string) => void = (line) => early.push(line);
    console.log(`\n${renderTitle(options)}\n`);
    const app = await startApp({
      graph: {
        fleet: { devices: options.devices },
        latencyMs: options['latency-ms'],
        faults: options.faults,
      },
      identity: { roles: options.roles },
      instances: options.instances,
      mode: options.mode,
      port: options.port,
      log: (line) => log(line),
      signal,
      onPart: (name, elapsedMs) => console.log(renderPart(name, elapsedMs)),
    }).catch((error: unknown) => {
      for (const line of early) console.error(line);
      throw error;
    });
    try {
      console.log(`\n${renderAddresses(app)}\n\n${renderNextSteps(app)}\n`);
      for (const line of early) console.log(line);
      log = (line) => console.log(line);
      await untilAborted(signal);
      return 0;
    } finally {
      await app.close();
    }
  },
});

function renderTitle({ devices, instances }: { devices: number; instances: number }): string {
  return `fleet-sync: ${plural(devices, 'device')}, ${plural(instances, 'instance')} of the app`;
}

function renderAddresses({ environment, host }: LocalApp): string {
  return renderColumns([
    ['API', `${host.url}/api`],
    ['function key', host.functionKey],
    ['Graph control', environment.graph.controlUrl],
  ]);
}

function renderNextSteps({ host }: LocalApp): string {
  const key = `-H 'x-functions-key: ${host.functionKey}'`;
  return [
    'Start a run, then follow it with the id from the answer:',
    '',
    `  curl -X POST ${key} ${host.url}/api/runs`,
    `  curl ${key} ${host.url}/api/runs/RUN_ID`,
    '',
    'Ctrl+C stops everything.',
  ].join('\n');
}
