import { type Batch, type BatchSummary, pendingBatch, totalsOf } from '../../../src/core/batch.ts';
import { noTotals } from '../../../src/core/totals.ts';
import { StaleBatchError, type StoredBatch } from '../../../src/use-cases/ports.ts';
import { type Fleet, indexOf } from '../world/fleet.ts';

/** A batch that nobody has touched: who is in it, and when it is due. */
interface Untouched {
  readonly kind: 'untouched';
  readonly indexes: Uint32Array;
  readonly dueAt: number;
}

type Row =
  | Untouched
  | { readonly kind: 'open'; readonly stored: StoredBatch }
  | { readonly kind: 'final'; readonly summary: BatchSummary };

/** The batches of one run; only those that are worked on are held as they are. */
export class CompactLedger {
  readonly #fleet: Fleet;
  #runId = '';
  #rows: Row[] = [];
  #versions = 0;

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
  }

  get size(): number {
    return this.#rows.length;
  }

  clear(): void {
    this.#rows = [];
  }

  /** @throws Error when one exists */
  add(batches: readonly Batch[]): void {
    for (const { runId, number, devices, dueAt } of batches) {
      if (this.#rows[number] !== undefined) throw new Error(`Batch ${number} exists.`);
      this.#runId = runId;
      const indexes = Uint32Array.from(devices, ({ id }) => indexOf(id));
      this.#rows[number] = { kind: 'untouched', indexes, dueAt };
    }
  }

  get(number: number): StoredBatch | undefined {
    const row = this.#rows[number];
    switch (row?.kind) {
      case undefined:
        return undefined;
      case 'open':
        return row.stored;
      case 'final':
        return finalBatch(this.#runId, row.summary);
      case 'untouched':
        return { batch: this.#planned(number, row), etag: '' };
    }
  }

  /** @throws StaleBatchError */
  save({ batch, etag }: StoredBatch): StoredBatch {
    const row = this.#rows[batch.number];
    const current =
      row?.kind === 'open' ? row.stored.etag : row?.kind === 'untouched' ? '' : 'final';
    if (current !== etag) throw new StaleBatchError(`batch ${batch.number}`);
    const stored = { batch, etag: String(++this.#versions) };
    this.#rows[batch.number] =
      batch.status === 'pending'
        ? { kind: 'open', stored }
        : { kind: 'final', summary: summaryOf(batch) };
    return stored;
  }

  summary(number: number): BatchSummary | undefined {
    const row = this.#rows[number];
    switch (row?.kind) {
      case undefined:
        return undefined;
      case 'final':
        return row.summary;
      case 'open':
        return summaryOf(row.stored.batch);
      case 'untouched':
        return untouchedSummary(number, row);
    }
  }

  #planned(number: number, { indexes, dueAt }: Untouched): Batch {
    const devices = Array.from(indexes, (index) => this.#fleet.inBatch(index));
    return pendingBatch(this.#runId, number, devices, dueAt);
  }
}

function summaryOf(batch: Batch): BatchSummary {
  const { devices: _devices, progress: _progress, ...rest } = batch;
  return { ...rest, totals: totalsOf(batch) };
}

function untouchedSummary(number: number, { indexes, dueAt }: Untouched): BatchSummary {
  const totals = { ...noTotals, batches: 1, unknown: indexes.length };
  return { number, status: 'pending', scheduledAt: dueAt, dueAt, requeues: 0, totals };
}

/** As far as anybody asks of a batch that is final: that it is. */
function finalBatch(runId: string, { totals: _totals, ...summary }: BatchSummary): StoredBatch {
  return {
    batch: { ...summary, runId, devices: [], progress: [], throttled: 0 },
    etag: 'final',
  };
}
