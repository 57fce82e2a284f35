import { expect, test } from 'vitest';
import { parseAccessLogLine } from '../../../dev/azurite/access-log.ts';

test('a line of the access log is a request', () => {
  const line =
    '127.0.0.1 - - [21/Nov/2026:11:05:23 +0000] ' +
    '"GET /devstoreaccount1/Runs(PartitionKey=%27run%27,RowKey=%271%27) HTTP/1.1" 404 -';
  expect(parseAccessLogLine(line)).toEqual({
    method: 'GET',
    path: '/devstoreaccount1/Runs(PartitionKey=%27run%27,RowKey=%271%27)',
    status: 404,
  });
});

test('other output of Azurite is none', () => {
  const line = 'Azurite Blob service is successfully listening at https://127.0.0.1:10000';
  expect(parseAccessLogLine(line)).toBeUndefined();
});
