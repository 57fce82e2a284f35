import { RestError } from '@azure/storage-queue';

/** Whether the queue is not there, or not there any more. */
export function isQueueMissing(error: unknown): boolean {
  return error instanceof RestError && error.code === 'QueueNotFound';
}

/**
 * Whether somebody else has the message now, or it is gone: its pop receipt no longer fits.
 * Storage answers 404 MessageNotFound or 400 PopReceiptMismatch.
 */
export function isMessageLost(error: unknown): boolean {
  return (
    error instanceof RestError && (error.statusCode === 404 || error.code === 'PopReceiptMismatch')
  );
}

/** What to tell about a failed call: the service's code, or the network's, without the request. */
export function describeStorageError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = error instanceof RestError ? error.code : undefined;
  return code ?? error.message.split('\n')[0] ?? error.name;
}
