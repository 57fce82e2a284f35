/** Outcomes that a retry can choose; those that it takes unless told otherwise come first. */
export const defaultRetryOutcomes = ['failed', 'cancelled', 'unknown', 'silent'] as const;

export const retryableOutcomes = [...defaultRetryOutcomes, 'notFound', 'notSupported'] as const;

export type RetryableOutcome = (typeof retryableOutcomes)[number];
