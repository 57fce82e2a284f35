import { beforeEach, expect, it } from 'vitest';
import { findDevices } from '../../../src/adapters/table/find-devices.ts';
import { createAll } from '../../../src/adapters/table/transactions.ts';
import { aDeviceId, aNewRunId, aRunId } from '../../support/factories.ts';
import { aTable, countRequests } from '../../support/storage.ts';

let table = aTable();
beforeEach(async () => {
  table = aTable();
  await table.createTable();
});

/** Rows of devices with the numbers from one to another; every fifth is silent, the last is gone. */
async function addRows(from: number, to: number, runId = aRunId): Promise<void> {
  const rows = Array.from({ length: to - from + 1 }, (_, place) => {
    const number = from + place;
    const outcome = number === to ? 'gone' : number % 5 === 0 ? 'silent' : 'checkedIn';
    return { partitionKey: runId, rowKey: `device-${aDeviceId(number)}`, outcome };
  });
  await createAll(table, rows);
}

/** The numbers of the devices, among those with some numbers, that answered. */
async function answered(numbers: readonly number[]): Promise<number[]> {
  const ids = numbers.map(aDeviceId);
  const found = await findDevices(table, aRunId, ids, ['checkedIn', 'gone']);
  return numbers.filter((number) => found.has(aDeviceId(number)));
}

const numbersTo = (count: number) => Array.from({ length: count }, (_, place) => place + 1);

it('finds a few devices by their keys, one request for each', async () => {
  await addRows(1, 100);
  const requests = countRequests(table);
  expect(await answered([100, 7, 5, 6, 101])).toEqual([100, 7, 6]);
  expect(requests()).toBe(5);
});

it('finds many devices in a list of those with the outcomes', async () => {
  await addRows(1, 1_500);
  const requests = countRequests(table);
  const expected = numbersTo(1_500).filter((number) => number % 5 !== 0 || number === 1_500);
  expect(await answered(numbersTo(1_600))).toEqual(expected);
  expect(requests()).toBe(2);
});

it('leaves the list, and looks up the rest, where devices are far apart', async () => {
  await addRows(1, 3_000);
  const wanted = numbersTo(30).map((each) => each * 100 + 1);
  const requests = countRequests(table);
  expect(await answered(wanted)).toEqual(wanted.filter((number) => number <= 3_000));
  // The first page tells of 13 devices, which took 1,000 rows; 17 are left.
  expect(requests()).toBe(1 + 17);
});

it('knows that a device is not in the list also when it would come after its end', async () => {
  await addRows(1, 10);
  const beyond = numbersTo(40).map((each) => each + 1_000);
  expect(await answered([...beyond, 3])).toEqual([3]);
});

it('finds nobody in another run, in a run without devices, and where no table is', async () => {
  await addRows(1, 30, aNewRunId());
  expect(await answered(numbersTo(3))).toEqual([]);
  expect(await answered(numbersTo(30))).toEqual([]);
  table = aTable();
  expect(await answered(numbersTo(3))).toEqual([]);
  expect(await answered(numbersTo(30))).toEqual([]);
});

it('asks nothing about nobody', async () => {
  const requests = countRequests(table);
  expect(await answered([])).toEqual([]);
  expect(requests()).toBe(0);
});
