import { runScaleSimulation } from './simulation/index.ts';
import type { Suite } from './suite.ts';
import { busyMachine } from './suites/busy-machine.ts';
import { coldStart } from './suites/cold-start.ts';
import { comparison } from './suites/comparison.ts';
import { csv } from './suites/csv.ts';
import { hotPathsSuite } from './suites/hot-paths.ts';
import { otherApp } from './suites/other-app.ts';
import { planning } from './suites/planning.ts';
import { realRun } from './suites/real-run.ts';
import { scope } from './suites/scope.ts';
import { simulationSuite } from './suites/simulation.ts';
import { throughput } from './suites/throughput.ts';

/** Every suite, in the order in which they run. */
export const suites: readonly Suite[] = [
  throughput,
  busyMachine,
  comparison,
  planning,
  coldStart,
  hotPathsSuite,
  simulationSuite(runScaleSimulation),
  realRun,
  otherApp,
  csv,
  scope,
];
