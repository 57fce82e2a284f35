import type { TableClient } from '@azure/data-tables';
import { TableRunLedger } from '../../../../src/adapters/table/table-run-ledger.ts';
import type { StoredBatch } from '../../../../src/use-cases/ports.ts';
import { aRunId } from '../../../support/factories.ts';
import { aTable } from '../../../support/storage.ts';

/** A ledger, and the table of its own in which it is. */
export function aLedger(): { table: TableClient; ledger: TableRunLedger } {
  const table = aTable();
  return { table, ledger: new TableRunLedger(table) };
}

/** A batch of the run `aRunId` as it is stored now. */
export async function storedBatch(ledger: TableRunLedger, number = 0): Promise<StoredBatch> {
  const found = await ledger.getBatch(aRunId, number);
  if (found === undefined) throw new Error(`There is no batch ${number}.`);
  return found;
}
