import { expect, test } from 'vitest';
import { createCleanup } from '../../../dev/environment/index.ts';

test('the latest step is undone first', async () => {
  const log: string[] = [];
  const cleanup = createCleanup();
  for (const name of ['directory', 'storage', 'app']) {
    cleanup.add(() => Promise.resolve(void log.push(name)));
  }
  await cleanup.run();
  expect(log).toEqual(['app', 'storage', 'directory']);
});

test('a step that fails does not keep the others from being run, and is told', async () => {
  const log: string[] = [];
  const cleanup = createCleanup();
  cleanup.add(() => Promise.resolve(void log.push('storage')));
  cleanup.add(() => Promise.reject(new Error('stuck')));

  await expect(cleanup.run()).rejects.toMatchObject({ errors: [new Error('stuck')] });
  expect(log).toEqual(['storage']);
});

test('running it twice undoes everything once', async () => {
  let count = 0;
  const cleanup = createCleanup();
  cleanup.add(() => {
    count++;
    return Promise.resolve();
  });
  await Promise.all([cleanup.run(), cleanup.run()]);
  expect(count).toBe(1);
});
