import type { DeviceAction } from './action.ts';
import { syncDevice } from './sync-device.ts';

/** Every action a run can have, by name. What is not listed here cannot be sent. */
export const actions = { syncDevice } as const satisfies Record<string, DeviceAction>;

export type ActionName = keyof typeof actions;
