import { integerOption } from '../command-line/option.ts';
import { rolesOption } from '../command-line/options.ts';
import { runCommand } from '../command-line/run-command.ts';
import { untilAborted } from '../command-line/until-aborted.ts';
import { defaultLifetimeSeconds, startIdentityEndpoint } from './identity-endpoint.ts';

await runCommand({
  call: 'node dev/identity-endpoint/main.ts',
  summary:
    'Hands out tokens of a made-up managed identity, and prints the variables with which\n' +
    'ManagedIdentityCredential finds it. Runs until Ctrl+C.',
  options: {
    port: integerOption(
      { placeholder: 'N', help: 'port; 0 takes a free one', fallback: 0 },
      { min: 0, max: 65_535 },
    ),
    roles: rolesOption,
    'lifetime-seconds': integerOption(
      { placeholder: 'N', help: 'how long a token is good for', fallback: defaultLifetimeSeconds },
      { min: 1, max: 30 * 24 * 60 * 60 },
    ),
  },
  run: async (options, signal) => {
    const endpoint = await startIdentityEndpoint({
      port: options.port,
      roles: options.roles,
      lifetimeSeconds: options['lifetime-seconds'],
    });
    for (const [name, value] of Object.entries(endpoint.environment)) {
      console.log(`${name}=${value}`);
    }
    await untilAborted(signal);
    await endpoint.close();
    return 0;
  },
});
