import { RestError } from '@azure/storage-blob';
import type { BlobLeaseClient, BlockBlobClient } from '@azure/storage-blob';
import type { TimerBlobs } from './host-container.ts';

/** A lock that one instance holds at a time. */
export interface SingletonLock {
  /** @returns whether this instance has it now; throws when the storage does not answer */
  acquire: () => Promise<boolean>;
  /** @returns false when it was lost to another instance; throws when the storage does not answer */
  renew: () => Promise<boolean>;
  /** Gives it up, so that another instance need not wait for its end. */
  release: () => Promise<void>;
}

/**
 * A lock by the lease of a blob, as the real host's singleton listeners have it. Creates container
 * and blob when they are missing.
 */
export class BlobLock implements SingletonLock {
  readonly #blobs: TimerBlobs;
  readonly #blob: BlockBlobClient;
  readonly #leaseSeconds: number;
  #lease: BlobLeaseClient | undefined;

  /** @param leaseSeconds 15-60: how long a dead holder keeps others out */
  constructor(blobs: TimerBlobs, leaseSeconds: number) {
    this.#blobs = blobs;
    this.#blob = blobs.container.getBlockBlobClient(blobs.lockName);
    this.#leaseSeconds = leaseSeconds;
  }

  async acquire(): Promise<boolean> {
    try {
      return await this.#tryAcquire();
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
    }
    await this.#blobs.container.createIfNotExists();
    await this.#createBlob();
    return await this.#tryAcquire();
  }

  async renew(): Promise<boolean> {
    if (this.#lease === undefined) return false;
    try {
      await this.#lease.renewLease();
      return true;
    } catch (error) {
      if (isConflict(error) || statusOf(error) === 404) return false;
      throw error;
    }
  }

  async release(): Promise<void> {
    const lease = this.#lease;
    this.#lease = undefined;
    // Whoever cannot be told finds the lease expired soon.
    await lease?.releaseLease().catch(() => undefined);
  }

  async #tryAcquire(): Promise<boolean> {
    const lease = this.#blob.getBlobLeaseClient();
    try {
      await lease.acquireLease(this.#leaseSeconds);
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
    this.#lease = lease;
    return true;
  }

  async #createBlob(): Promise<void> {
    try {
      await this.#blob.upload('', 0, { conditions: { ifNoneMatch: '*' } });
    } catch (error) {
      // Another instance was faster, and may hold the lease already.
      if (!isConflict(error)) throw error;
    }
  }
}

/** 409 LeaseAlreadyPresent, LeaseIdMismatch..., BlobAlreadyExists; 412 LeaseIdMissing. */
function isConflict(error: unknown): boolean {
  return statusOf(error) === 409 || statusOf(error) === 412;
}

function statusOf(error: unknown): number | undefined {
  return error instanceof RestError ? error.statusCode : undefined;
}
