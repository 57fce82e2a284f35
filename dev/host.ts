import { resolve } from 'node:path';
import { integerOption } from './command-line/option.ts';
import { runCommand } from './command-line/run-command.ts';
import { untilAborted } from './command-line/until-aborted.ts';
import { renderStart } from './functions-host/render-start.ts';
import { startFunctionsHost } from './functions-host/index.ts';

// Not from options.ts, which loads the simulator: this command is there for other Graphs too.
const options = {
  port: integerOption(
    { placeholder: 'N', help: 'port of the API; 0 takes a free one', fallback: 7071 },
    { min: 0, max: 65_535 },
  ),
  instances: integerOption(
    { placeholder: 'N', help: 'how many instances of the app run', fallback: 1 },
    { min: 1, max: 16 },
  ),
};

await runCommand({
  call: 'npm run host --',
  summary:
    'Runs the built app (npm run build) under the local Functions host, until Ctrl+C. Settings come\n' +
    'from the environment and from local.settings.json; LOCAL_FUNCTION_KEY fixes the key.',
  options,
  run: async ({ port, instances }, signal) => {
    const appDirectory = resolve(import.meta.dirname, '..');
    const host = await startFunctionsHost({ appDirectory, port, instances, signal });
    try {
      console.log(`\n${renderStart(host)}\n`);
      await untilAborted(signal);
      console.log('Stopping: running functions may end, a second Ctrl+C does not wait for them.');
      return 0;
    } finally {
      await host.stop();
    }
  },
});
