import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { openAppLog } from '../../../dev/demo/app-log.ts';

test('the end of a log can be read, and the log removed', async () => {
  const log = openAppLog();
  onTestFinished(() => log.remove());
  for (const line of ['one', 'two', 'three']) log.write(line);
  await log.close();
  log.write('too late');

  expect(await log.tail(2)).toBe('two\nthree');
  await log.remove();
  expect(existsSync(log.file)).toBe(false);
});
