import { RestError } from '@azure/storage-blob';
import type { TimerBlobs } from './host-container.ts';
import type { StatusStore } from './schedule-status.ts';
import { statusFromJson, statusToJson } from './status-json.ts';

/** Keeps a timer's status in its blob. An unreadable blob counts as none, and is written anew. */
export function createBlobStatusStore({ container, statusName }: TimerBlobs): StatusStore {
  const blob = container.getBlockBlobClient(statusName);
  return {
    async read() {
      try {
        return statusFromJson((await blob.downloadToBuffer()).toString('utf8'));
      } catch (error) {
        if (error instanceof RestError && error.statusCode === 404) return undefined;
        throw error;
      }
    },
    async write(status) {
      const text = JSON.stringify(statusToJson(status));
      await blob.upload(text, Buffer.byteLength(text), {
        blobHTTPHeaders: { blobContentType: 'application/json' },
      });
    },
  };
}
