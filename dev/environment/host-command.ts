/** The two variables that a company's machines often set, and that are read at process start. */
const certificateSettings = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'];

/**
 * The command that runs the app with a settings file. What the shell sets wins over the file, as in
 * Core Tools, and the app would not trust the environment's certificate then: the command sets it.
 *
 * @param shell the environment variables of the shell the command is for.
 */
export function hostCommand(
  settings: Readonly<Record<string, string>>,
  shell: Readonly<Record<string, string | undefined>>,
): string {
  const overrides = certificateSettings
    .filter((name) => shell[name] !== undefined && shell[name] !== settings[name])
    .map((name) => `${name}=${settings[name] ?? ''} `);
  return `${overrides.join('')}npm run host`;
}
