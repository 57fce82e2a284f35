import { environmentOptions, rolesOption, settingsFileOption } from './command-line/options.ts';
import { plural } from './command-line/plural.ts';
import { renderColumns } from './command-line/render-columns.ts';
import { runCommand } from './command-line/run-command.ts';
import { untilAborted } from './command-line/until-aborted.ts';
import {
  createCleanup,
  startEnvironment,
  writeSettingsFile,
  type Environment,
} from './environment/index.ts';
import { hostCommand } from './environment/host-command.ts';
import { renderPart } from './environment/start-report.ts';

await runCommand({
  call: 'npm run environment --',
  summary:
    'Starts everything but the app on 127.0.0.1, and keeps it up until Ctrl+C: storage, managed\n' +
    'identity, a simulated Microsoft Graph with a fleet of devices, and a telemetry endpoint.\n' +
    'With --settings-file local.settings.json, npm run host and func start find all of it.',
  options: {
    ...environmentOptions,
    roles: rolesOption,
    'settings-file': settingsFileOption,
  },
  run: async (options, signal) => {
    const cleanup = createCleanup();
    try {
      console.log(`\nfleet-sync environment: ${plural(options.devices, 'device')}\n`);
      const environment = await startEnvironment({
        graph: {
          fleet: { devices: options.devices },
          latencyMs: options['latency-ms'],
          faults: options.faults,
        },
        identity: { roles: options.roles },
        signal,
        onPart: (name, elapsedMs) => console.log(renderPart(name, elapsedMs)),
      });
      cleanup.add(() => environment.close());

      const file = options['settings-file'];
      if (file !== undefined) await writeSettingsFile(file, environment.settings);
      console.log(`\n${renderAddresses(environment)}\n\n${renderNextStep(file, environment)}\n`);
      await untilAborted(signal);
      return 0;
    } finally {
      await cleanup.run();
    }
  },
});

function renderAddresses({ azurite, identity, graph, ingestion }: Environment): string {
  return renderColumns([
    ['blobs', azurite.blobServiceUri],
    ['queues', azurite.queueServiceUri],
    ['tables', azurite.tableServiceUri],
    ['identity', identity.environment.IDENTITY_ENDPOINT],
    ['Graph', graph.url],
    ['Graph control', graph.controlUrl],
    ['telemetry', ingestion.url],
  ]);
}

function renderNextStep(file: string | undefined, environment: Environment): string {
  const stop = 'Ctrl+C stops everything.';
  if (file !== undefined) {
    const command = hostCommand(environment.settings, process.env);
    return `The settings of the app are in ${file}. Run it with:\n\n  ${command}\n\n${stop}`;
  }
  const settings = Object.entries(environment.settings).map(([name, value]) => `${name}=${value}`);
  return `Settings of the app (or give --settings-file local.settings.json):\n\n${settings.join('\n')}\n\n${stop}`;
}
