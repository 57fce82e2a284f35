import { z } from 'zod';

const rate = z.number().min(0).max(1);
const milliseconds = z.number().min(0).max(600_000);

/** The forms in which a 429 or 503 says how long to wait. */
export const retryAfterForms = [
  'seconds',
  'fraction',
  'date',
  'negative',
  'absurd',
  'unreadable',
  'absent',
] as const;

export type RetryAfterForm = (typeof retryAfterForms)[number];

/** The statuses that can be injected, each with the field that holds its rate. */
export const statusRates = [
  [429, 'throttledRate'],
  [500, 'rate500'],
  [502, 'rate502'],
  [503, 'rate503'],
  [504, 'rate504'],
] as const;

const fields = z.strictObject({
  /** Time that every answer takes at least, ms. */
  latencyMs: milliseconds,
  /** Up to so much is added to `latencyMs`, drawn evenly per answer, ms. */
  latencySpreadMs: milliseconds,
  /** Injected 429, per request and again per batch item; comes on top of the quotas. */
  throttledRate: rate,
  /** Injected 500, per request and again per batch item; likewise the next three. */
  rate500: rate,
  rate502: rate,
  rate503: rate,
  rate504: rate,
  /** The connection is cut: half the time before the request is processed, half after it. */
  resetRate: rate,
  /** The answer is cut off in the middle of its JSON, after the request was processed. */
  malformedRate: rate,
  /** A gateway's HTML error page with status 502 comes instead; nothing was processed. */
  htmlRate: rate,
  /** A batch item gets no answer: half the time processed, half not. */
  missingItemRate: rate,
  /** Of the devices of an executeAction: those that Intune reports as failed. */
  bulkFailedShare: rate,
  /** Those that it leaves out of every list: half of them synced, half not. */
  bulkOmittedShare: rate,
  /** The segment executeAction does not exist, as in v1.0. */
  bulkUnavailable: z.boolean(),
  /** An executeAction takes so much longer, ms. */
  bulkLatencyMs: milliseconds,
  /** A list page takes `slowPageMs` longer. */
  slowPageRate: rate,
  slowPageMs: milliseconds,
  /** A list page holds no device, only the link with which to go on. */
  emptyPageRate: rate,
  /** This page of every listing (from 1, without $filter) always answers 504; null for none. */
  failingPage: z.int().min(1).nullable(),
  /** How waits are written. */
  retryAfterForm: z.enum(retryAfterForms),
  /** So many waits are left out, whatever the form. */
  retryAfterAbsentShare: rate,
  /** The wait of an injected 429 or 503, seconds; the quotas compute theirs. */
  retryAfterSeconds: z.number().min(0).max(86_400),
  /**
   * Every write to Intune answers 429 until this moment, milliseconds since 1970; null for never.
   * A change names it as milliseconds from now. The answers ask to wait `retryAfterSeconds`.
   */
  throttleUntil: z.number().nullable(),
  /** Every device action answers 403 because it waits for another administrator's approval. */
  multiAdminApproval: z.boolean(),
});

/** What goes wrong, and how often. Rates are from 0 to 1. */
export type Faults = z.output<typeof fields>;

/** Some of the faults; what is not named stays as it is. */
export const faultsChangeSchema = fields
  .extend({ throttleUntil: z.number().min(0).max(86_400_000).nullable() })
  .partial();

export type FaultsChange = z.input<typeof faultsChangeSchema>;

/** All of the faults; refuses rates that exclude each other and add up to more than 1. */
export const faultsSchema = fields.superRefine((faults, context) => {
  const statuses = statusRates.reduce((sum, [, field]) => sum + faults[field], 0);
  const transport = faults.resetRate + faults.malformedRate + faults.htmlRate;
  if (statuses > 1) {
    const message = 'throttledRate and rate500 to rate504 must not add up to more than 1';
    context.addIssue({ code: 'custom', path: ['throttledRate'], message });
  }
  if (faults.bulkFailedShare + faults.bulkOmittedShare > 1) {
    const message = 'bulkFailedShare and bulkOmittedShare must not add up to more than 1';
    context.addIssue({ code: 'custom', path: ['bulkFailedShare'], message });
  }
  if (transport > 1) {
    const message = 'resetRate, malformedRate and htmlRate must not add up to more than 1';
    context.addIssue({ code: 'custom', path: ['resetRate'], message });
  }
});

/** Nothing goes wrong, and answers come at once. */
export const noFaults: Faults = {
  latencyMs: 0,
  latencySpreadMs: 0,
  throttledRate: 0,
  rate500: 0,
  rate502: 0,
  rate503: 0,
  rate504: 0,
  resetRate: 0,
  malformedRate: 0,
  htmlRate: 0,
  missingItemRate: 0,
  bulkFailedShare: 0,
  bulkOmittedShare: 0,
  bulkUnavailable: false,
  bulkLatencyMs: 0,
  slowPageRate: 0,
  slowPageMs: 3000,
  emptyPageRate: 0,
  failingPage: null,
  retryAfterForm: 'seconds',
  retryAfterAbsentShare: 0,
  retryAfterSeconds: 2,
  throttleUntil: null,
  multiAdminApproval: false,
};
