import type { TestProject } from 'vitest/node';
import { startPlainAzurite } from './azurite.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The connection string of an Azurite that all test files share. */
    storageConnectionString: string;
  }
}

/** Starts one Azurite for the whole test run: tests take tables and queues of their own in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const azurite = await startPlainAzurite();
  project.provide('storageConnectionString', azurite.connectionString);
  return () => azurite.close();
}
