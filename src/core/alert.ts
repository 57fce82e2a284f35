/** What is read of an alert of Azure Monitor; the rest of its body is never looked at. */
export interface Alert {
  /** The id of the alert's instance; of some alerts it is the id of their rule. */
  readonly id: string | undefined;
  /** The name of the alert rule; a budget has none. */
  readonly rule: string | undefined;
  readonly condition: 'fired' | 'resolved' | 'other';
  /** When it fired, as the text given. */
  readonly firedAt: string | undefined;
}

/**
 * What makes two deliveries the same alert. An alert that does not say when it fired has no key,
 * since a later one of its rule could not be told from it: the cool-down alone holds it.
 *
 * The space keeps it apart from every `Idempotency-Key`, which has none.
 */
export function alertKey({ id, rule, condition, firedAt }: Alert): string | undefined {
  if (firedAt === undefined) return undefined;
  return `alert ${JSON.stringify([id ?? null, rule ?? null, condition, firedAt])}`;
}
