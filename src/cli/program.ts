import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import type { Perform } from './command.ts';
import { commands } from './commands/index.ts';
import type { CliContext } from './context.ts';

const epilogue = `
Environment:
  FLEET_SYNC_URL       address of the app, for example https://fleet-sync.azurewebsites.net
  FLEET_SYNC_KEY       a function key of the app
  FLEET_SYNC_TOKEN     an access token of Entra ID for the app, where a script has one already
  FLEET_SYNC_AUDIENCE  the app's audience in Entra ID, to sign in instead (az login, managed identity)
  FLEET_SYNC_GRAPH_TOKEN  an administrator's token for Microsoft Graph; for permissions only

Exit codes:
  0  done
  1  the run ended with errors, failed, was cancelled or reached its deadline; or permissions are
     not as they should be
  2  the command cannot be carried out as given, or was not confirmed; nothing was started
  3  the app could not be reached, or refused
  130  interrupted by Ctrl+C; a run that was started goes on`;

/** The program with all its commands. @param performFor makes the actions, given the program */
export function createProgram(
  { stdout, stderr }: Pick<CliContext, 'stdout' | 'stderr'>,
  performFor: (program: Command) => Perform,
): Command {
  // Settings first: a command takes them over when it is added.
  const program = new Command('fleet-sync')
    .description('Make the devices of a Microsoft Intune tenant check in.')
    .version(packageJson.version)
    .option('--url <address>', 'address of the app (default: FLEET_SYNC_URL)')
    .option(
      '--audience <audience>',
      "the app's audience in Entra ID (default: FLEET_SYNC_AUDIENCE)",
    )
    .option('--json', 'print the result as JSON on standard output')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
    })
    .showHelpAfterError('See fleet-sync --help.')
    .exitOverride()
    .addHelpText('after', epilogue);
  const perform = performFor(program);
  for (const add of commands) add(program, perform);
  return program;
}
