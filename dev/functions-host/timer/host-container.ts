import type { BlobServiceClient, ContainerClient } from '@azure/storage-blob';

/** Where the real host keeps the locks and the status of its timers. */
const CONTAINER = 'azure-webjobs-hosts';

/** Blobs of one timer. */
export interface TimerBlobs {
  container: ContainerClient;
  /** The blob whose lease says which instance runs the timer. */
  lockName: string;
  statusName: string;
}

/** Names a timer's blobs as the real host does, so that either can take over from the other. */
export function timerBlobs(
  service: BlobServiceClient,
  hostId: string,
  functionName: string,
): TimerBlobs {
  const id = `Host.Functions.${functionName}`;
  return {
    container: service.getContainerClient(CONTAINER),
    lockName: `locks/${hostId}/${id}.Listener`,
    statusName: `timers/${hostId}/${id}/status`,
  };
}
