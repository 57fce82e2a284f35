/** A date of Graph in ms since the epoch; `undefined` for none, and for one of the year 1: never. */
export function graphInstant(dateTime: string): number | undefined {
  const at = Date.parse(dateTime);
  return at > 0 ? at : undefined;
}
