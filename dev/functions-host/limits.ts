/** Azure gives an app's terminate hooks so long before it kills the worker. */
export const TERMINATE_HOOKS_MS = 5_000;
