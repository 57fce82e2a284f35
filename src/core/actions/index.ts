import type { ActionRegistry } from './action.ts';
import { configurationManagerAction } from './configuration-manager-action.ts';
import { exchangeConnectorSync } from './exchange-connector-sync.ts';
import { syncDevice } from './sync-device.ts';

/** Every action a run can have, by name. What is not listed here cannot be sent. */
export const actions = {
  syncDevice,
  configurationManagerAction,
  exchangeConnectorSync,
} as const satisfies ActionRegistry;

export type ActionName = keyof typeof actions;

/** What a run does when nothing else is asked for, as the scheduled run. */
export const DEFAULT_ACTION: ActionName = 'syncDevice';
