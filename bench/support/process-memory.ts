import { readFile } from 'node:fs/promises';

/** The resident memory of a process, MB. */
export interface ProcessMemory {
  readonly now: number;
  readonly peak: number;
}

/**
 * Reads the memory that Linux keeps of a process.
 *
 * @throws on a system without `/proc`, and for a process that is gone
 */
export async function memoryOfProcess(pid: number): Promise<ProcessMemory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name: string) =>
    Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}
