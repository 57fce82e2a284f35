import { type ApiClient, createApiClient } from './api/api-client.ts';
import { type TargetOptions, readTarget } from './api/target.ts';
import type { CliContext } from './context.ts';

/** Options that every command has. */
export interface GlobalOptions extends TargetOptions {
  /** Results as JSON on standard output. */
  json?: true;
}

/** What a command works with. */
export interface Session {
  context: CliContext;
  /** The app. @throws UsageError when it is not said where it is, or who is asking. */
  api: () => ApiClient;
  /** Prints the result: `document` with `--json`, otherwise what `render` makes of it. */
  result: <T>(document: T, render: (document: T) => string) => void;
  /** Says something that is no result. */
  note: (text: string) => void;
}

/** A session for one command line. The app is looked for only by commands that need it. */
export function createSession(options: GlobalOptions, context: CliContext): Session {
  let client: ApiClient | undefined;
  return {
    context,
    api: () => (client ??= createApiClient(readTarget(options, context.env), context)),
    result: (document, render) => {
      const text = options.json ? JSON.stringify(document, null, 2) : render(document);
      context.stdout.write(`${text}\n`);
    },
    note: (text) => void context.stderr.write(`${text}\n`),
  };
}
