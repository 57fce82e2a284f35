/**
 * An alert is answered within 5 s, whatever hangs. These are the parts of that time; the rest is for
 * the way. A delivery that was not finished in them is finished by the next.
 */

/** For the one question that tells who is calling, to Entra ID or to the host about a key, ms. */
export const PROOF_TIME_MS = 1_500;

/** For storage to take the alert after that, ms. */
export const ALERT_TIME_MS = 3_000;
