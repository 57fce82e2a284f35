import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeSettingsFile } from '../../../dev/environment/index.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const settings = { IDENTITY_ENDPOINT: 'http://127.0.0.1:1/msi/token', GRAPH_ENDPOINT: 'https://x' };

async function aFile() {
  return join(await temporaryDirectory(), 'local.settings.json');
}

test('settings have the form of local.settings.json, and are for their owner only', async () => {
  const file = await aFile();
  await writeSettingsFile(file, settings);

  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
    IsEncrypted: false,
    Values: { FUNCTIONS_WORKER_RUNTIME: 'node', ...settings },
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('the file of an earlier environment is replaced', async () => {
  const file = await aFile();
  await writeSettingsFile(file, settings);
  await writeSettingsFile(file, { ...settings, GRAPH_ENDPOINT: 'https://y' });
  expect(await readFile(file, 'utf8')).toContain('https://y');
});

test.each([
  ['settings of a person', '{"Values":{"AzureWebJobsStorage":"UseDevelopmentStorage=true"}}'],
  ['anything else', 'notes'],
])('%s are left alone', async (_, content) => {
  const file = await aFile();
  await writeFile(file, content);
  await expect(writeSettingsFile(file, settings)).rejects.toThrow(
    `--settings-file ${file} exists and was not written by this command`,
  );
  expect(await readFile(file, 'utf8')).toBe(content);
});

test('a folder that does not exist is named', async () => {
  const file = join(await temporaryDirectory(), 'no', 'settings.json');
  await expect(writeSettingsFile(file, settings)).rejects.toThrow(
    `--settings-file ${file} cannot be written`,
  );
});
