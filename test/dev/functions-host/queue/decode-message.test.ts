import { expect, test } from 'vitest';
import { decodeMessage } from '../../../../dev/functions-host/queue/decode-message.ts';

const encode = (bytes: string | number[]) => Buffer.from(bytes as string).toString('base64');

test.each([
  [encode('{"a":1}'), '{"a":1}'],
  [encode('grün'), 'grün'],
  [encode('\uFEFFx'), '\uFEFFx'],
  ['', ''],
  ['eA =\n=', 'x'],
])('%j is %j', (raw, text) => {
  expect(decodeMessage(raw, 'base64')).toBe(text);
});

test.each(['plain text', '{"a":1}', 'eA=', 'eA', '====', encode([0xc3, 0x28])])(
  '%j cannot be decoded',
  (raw) => {
    expect(decodeMessage(raw, 'base64')).toBeUndefined();
  },
);

test('without encoding the text is as it is', () => {
  expect(decodeMessage('plain text', 'none')).toBe('plain text');
});
