/**
 * Something the developer has to put right before the host can run: a file, a setting, an option or
 * a function's registration. The message names it and the remedy, so it is shown without a stack.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
