/** A setting the app cannot start with; the message names it, what is wrong and an example. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
