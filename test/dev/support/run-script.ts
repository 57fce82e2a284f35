import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Runs a script in a process of its own, which is the only way to test what counts at the start of
 * a process, such as NODE_EXTRA_CA_CERTS.
 *
 * @param script URL of the script.
 * @param environment laid over this process's environment.
 * @returns what the script printed.
 * @throws Error with what it printed to standard error when it fails.
 */
export async function runScript(
  script: URL,
  environment: Record<string, string>,
  args: readonly string[] = [],
): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [script.pathname, ...args], {
    env: { ...process.env, ...environment },
    timeout: 30_000,
  });
  return stdout.trim();
}
