import { Readable } from 'node:stream';
import type { DeviceReport } from '../../core/device-report.ts';

const columns = [
  'deviceId',
  'deviceName',
  'platform',
  'outcome',
  'reason',
  'code',
  'message',
  'attempts',
  'sentBy',
  'requestId',
  'acceptedAt',
  'previousCheckInAt',
  'checkedInAt',
  'ownership',
] as const satisfies readonly (keyof DeviceReport)[];

const END_OF_LINE = '\r\n';

/** A table of devices as CSV (RFC 4180), written page by page as it is read. */
export function csvStream(pages: AsyncIterable<readonly DeviceReport[]>): Readable {
  return Readable.from(lines(pages));
}

async function* lines(pages: AsyncIterable<readonly DeviceReport[]>): AsyncIterable<string> {
  yield columns.join(',') + END_OF_LINE;
  for await (const page of pages) {
    const text = page.map((device) => columns.map((name) => cell(device[name])).join(','));
    if (text.length > 0) yield text.join(END_OF_LINE) + END_OF_LINE;
  }
}

/**
 * One cell. A text that a spreadsheet would take for a formula gets an apostrophe in front: a device
 * name is chosen by whoever has the device (owasp.org/www-community/attacks/CSV_Injection).
 */
export function cell(value: string | number | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value ?? '') ? `'${value ?? ''}` : (value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
