import { expect, test } from 'vitest';
import { describeError } from '../../../../dev/functions-host/log/describe-error.ts';
import { formatEntry } from '../../../../dev/functions-host/log/format-entry.ts';
import { createLineLog } from '../../../../dev/functions-host/main/line-log.ts';

const at = new Date('2026-04-15T10:20:30Z');

test('an entry is one line: time, level, function and instance, invocation, message', () => {
  const entry = {
    level: 'warning',
    message: 'first\n  second\r\n\n third',
    functionName: 'syncBatch',
    invocationId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  } as const;
  expect(formatEntry(entry, at, 2)).toBe(
    '2026-04-15T10:20:30.000Z warning     syncBatch#2 0f8fad5b first | second | third',
  );
});

test('an entry of the host itself says so', () => {
  expect(formatEntry({ level: 'error', message: 'text' }, at)).toBe(
    '2026-04-15T10:20:30.000Z error       host -------- text',
  );
});

test.each([
  ['information', ['debug', 'information', 'error'], 2],
  ['error', ['information', 'error', 'critical'], 2],
  ['none', ['information', 'critical'], 0],
] as const)('from level %s on, of %j %i are shown', (least, levels, count) => {
  const lines: string[] = [];
  const log = createLineLog((line) => lines.push(line), least);
  for (const level of levels) log({ level, message: 'text' });
  expect(lines).toHaveLength(count);
});

test('an error is described with its cause and a few frames of its own', () => {
  const error = new TypeError('broken', { cause: new Error('root') });
  const [first, ...frames] = describeError(error).split('\n');
  expect(first).toBe('TypeError: broken (cause: root)');
  expect(frames.length).toBeLessThanOrEqual(4);
  expect(frames[0]).toContain('log.test.ts');
});

test('something else thrown is described as such', () => {
  expect(describeError('text')).toBe('thrown: text');
});
