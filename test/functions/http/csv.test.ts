import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { DeviceReport } from '../../../src/core/device-report.ts';
import { cell, csvStream } from '../../../src/functions/http/csv.ts';
import { deviceColumns } from '../../../src/functions/http/get-run-devices.ts';
import { aDeviceId } from '../../support/factories.ts';

const header =
  'deviceId,deviceName,platform,outcome,reason,code,message,attempts,sentBy,requestId,acceptedAt,' +
  'previousCheckInAt,checkedInAt,ownership\r\n';

const report = (number: number, overrides: Partial<DeviceReport> = {}): DeviceReport => ({
  deviceId: aDeviceId(number),
  deviceName: `WS-${number}`,
  platform: 'windows',
  outcome: 'accepted',
  attempts: 1,
  ...overrides,
});

const line = (number: number) =>
  `${aDeviceId(number)},WS-${number},windows,accepted,,,,1,,,,,,\r\n`;

/** The pages of a report as they come from storage, and how many were read of them. */
function pagesOf(count: number, size = 1, failAfter = Infinity) {
  const read = { pages: 0, isClosed: false };
  async function* pages(): AsyncIterable<readonly DeviceReport[]> {
    try {
      for (let page = 0; page < count; page++) {
        if (page === failAfter) throw new Error('storage is down');
        read.pages++;
        yield await Promise.resolve(
          Array.from({ length: size }, (_, place) => report(page * size + place)),
        );
      }
    } finally {
      read.isClosed = true;
    }
  }
  return { pages: pages(), read };
}

/** Lets everything run that would run without anybody reading on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await setImmediate();
}

async function textOf(pages: AsyncIterable<readonly DeviceReport[]>): Promise<string> {
  let text = '';
  for await (const chunk of csvStream(deviceColumns, pages)) text += String(chunk);
  return text;
}

/** Pages that are at hand. */
async function* given(...pages: (readonly DeviceReport[])[]) {
  for (const page of pages) yield await Promise.resolve(page);
}

describe('a cell', () => {
  it.each([
    ['WS-000001', 'WS-000001'],
    ['', ''],
    [undefined, ''],
    [0, '0'],
    [12, '12'],
    ['Büro 3 – 日本', 'Büro 3 – 日本'],
    [' a ', ' a '],
    ['a;b', 'a;b'],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['"', '""""'],
    ['a\r\nb', '"a\r\nb"'],
    ['a\nb', '"a\nb"'],
    ['a\rb', '"a\rb"'],
  ])('with %j is %j', (value, text) => {
    expect(cell(value)).toBe(text);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1+1', "'\t=1+1"],
    ['\r=1+1', `"'\r=1+1"`],
    ['=HYPERLINK("http://x.example","y")', `"'=HYPERLINK(""http://x.example"",""y"")"`],
    ['a=1+1', 'a=1+1'],
    ['WS-1', 'WS-1'],
  ])('that begins as a formula does is text: %j is %j', (value, text) => {
    expect(cell(value)).toBe(text);
  });

  it('that is a number is no formula, also when it is negative', () => {
    expect(cell(-1)).toBe('-1');
  });
});

describe('a table of devices', () => {
  it('of no device has its header', async () => {
    expect(await textOf(given())).toBe(header);
    expect(await textOf(given([], []))).toBe(header);
  });

  it('has a line for each device, with CRLF, whatever page it was on', async () => {
    const pages = given([report(1), report(2)], [], [report(3)]);
    expect(await textOf(pages)).toBe(header + line(1) + line(2) + line(3));
  });

  it('has everything that is known of a device, in the order of the header', async () => {
    const full = report(1, {
      deviceName: 'Kim, "the" PC',
      outcome: 'failed',
      reason: 'leaving',
      code: 'timeout',
      message: '=cmd',
      attempts: 6,
      sentBy: 'perDevice',
      requestId: 'r1',
      acceptedAt: '2026-01-04T02:00:00.000Z',
      previousCheckInAt: '2026-01-03T02:00:00.000Z',
      checkedInAt: '2026-01-04T02:04:00.000Z',
      ownership: 'company',
    });
    expect(await textOf(given([full]))).toBe(
      `${header}${aDeviceId(1)},"Kim, ""the"" PC",windows,failed,leaving,timeout,'=cmd,6,` +
        'perDevice,r1,' +
        '2026-01-04T02:00:00.000Z,2026-01-03T02:00:00.000Z,2026-01-04T02:04:00.000Z,company\r\n',
    );
  });
});

describe('a streamed table', () => {
  it('has its first line before a page is read, and its first page before the second', async () => {
    const { pages, read } = pagesOf(1_000);
    const chunks = csvStream(deviceColumns, pages)[Symbol.asyncIterator]();
    expect(read.pages).toBe(0);
    expect(await chunks.next()).toEqual({ done: false, value: header });
    expect(await chunks.next()).toEqual({ done: false, value: line(0) });
    // One page is read ahead at most.
    expect(read.pages).toBeLessThanOrEqual(2);
  });

  it('reads a page only when it is pulled: a reader that pauses holds two pages, of a thousand', async () => {
    const { pages, read } = pagesOf(1_000, 10);
    const stream = csvStream(deviceColumns, pages);
    const chunks = stream[Symbol.asyncIterator]();
    for (let pulled = 0; pulled < 20; pulled++) {
      await chunks.next();
      await settle();
      // The header was the first pull; what was not pulled yet is one page in the buffer and one
      // that waits for its place.
      expect(read.pages).toBeLessThanOrEqual(pulled + 2);
    }
    expect(read.isClosed).toBe(false);
  });

  it('that nobody reads on stops reading: the pages are closed', async () => {
    const { pages, read } = pagesOf(1_000);
    for await (const _chunk of csvStream(deviceColumns, pages)) break;
    await settle();
    expect(read.isClosed).toBe(true);
    expect(read.pages).toBeLessThanOrEqual(2);
  });

  it('breaks off when a page cannot be read: it does not end as if it were whole', async () => {
    const { pages } = pagesOf(5, 1, 2);
    const chunks: unknown[] = [];
    const reading = (async () => {
      for await (const chunk of csvStream(deviceColumns, pages)) chunks.push(chunk);
    })();
    await expect(reading).rejects.toThrow('storage is down');
    expect(chunks).not.toContain(line(2));
  });
});
