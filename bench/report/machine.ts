import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import type { BenchReport } from './bench-report.ts';

/** The machine that the figures are from, and how busy it was before the start. */
export function describeMachine(): BenchReport['machine'] {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    system: `${platform()} ${arch()}`,
    loadPerCore: Number(((loadavg()[0] ?? 0) / processors.length).toFixed(2)),
  };
}
