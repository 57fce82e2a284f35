import type { Run } from '../run.ts';
import type { ActionRegistry, Command } from './action.ts';

/** What runs send. */
export interface CommandCatalog {
  /** @throws Error for a run whose action or parameters the app does not have (any more) */
  readonly of: (run: Pick<Run, 'action' | 'parameters'>) => Command;
}

/** The commands of the actions of a registry. */
export function commandCatalog(actions: ActionRegistry): CommandCatalog {
  return {
    of({ action: name, parameters }) {
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (action === undefined) throw new Error(`There is no action ${name}.`);
      return action.command(parameters);
    },
  };
}
