/** Who made a request, by id alone; what a run keeps as `requestedBy`. */
export type CallerName = 'functionKey' | `app:${string}` | `user:${string}`;

/** Who made a request. */
export interface Caller {
  readonly name: CallerName;
}

/** Whoever holds a key of the Functions host; the host does not say which one it was. */
export const keyHolder: Caller = { name: 'functionKey' };
