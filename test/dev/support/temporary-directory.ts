import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A directory that exists until the test that asked for it has finished. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'fleet-sync-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
