/** What the body of a request about runs may weigh, bytes. */
export const RUN_BODY_BYTES = 1024 * 1024;

/** What an alert may weigh, bytes; Azure Monitor sends no more (Azure Monitor service limits). */
export const ALERT_BODY_BYTES = 256 * 1024;
