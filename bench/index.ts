import { writeFile } from 'node:fs/promises';
import { jsonOption } from '../dev/command-line/options.ts';
import { checkWritable } from '../dev/command-line/check-writable.ts';
import { flagOption, listOption } from '../dev/command-line/option.ts';
import { runCommand } from '../dev/command-line/run-command.ts';
import { UsageError } from '../dev/command-line/usage-error.ts';
import { isMet } from './bar.ts';
import { chooseSuites } from './choose-suites.ts';
import type { BenchReport } from './report/bench-report.ts';
import { describeMachine } from './report/machine.ts';
import { renderBars, renderTable } from './report/render-text.ts';
import { runSuites } from './run-suites.ts';
import type { Mode } from './suite.ts';
import { suites } from './suites.ts';

/** How many lines of the app's log are shown when a suite fails. */
const LOG_LINES = 30;
/** A busier machine measures its other work, too. */
const QUIET_LOAD_PER_CORE = 0.3;

await runCommand({
  call: 'npm run bench --',
  summary:
    'Measures the built app with real parts: Azurite, the Functions host, and a simulated Graph with\n' +
    'the documented quotas, all on loopback. Prints a table per suite and every quality bar, and\n' +
    'exits with 1 if one does not hold. Takes about half an hour, with --long 20 minutes more.\n\n' +
    `Suites: ${suites.map(({ name }) => name).join(', ')}`,
  options: {
    quick: flagOption('a short form that takes less than 3 minutes'),
    long: flagOption('also what takes very long: a whole run of 10,000 devices, one by one'),
    only: listOption({ placeholder: 'A,B', help: 'only these suites', fallback: [] }),
    json: jsonOption,
  },
  run: async ({ quick, long, only, json }, signal) => {
    if (quick && long) throw new UsageError('--quick and --long exclude each other; give one.');
    if (json !== undefined) await checkWritable(json);
    const mode: Mode = quick ? 'quick' : long ? 'long' : 'full';
    const chosen = chooseSuites(suites, mode, only);
    const machine = describeMachine();
    const startedAt = new Date().toISOString();
    console.log(renderMachine(machine, mode));
    const log: string[] = [];
    const context = {
      isQuick: quick,
      isLong: mode === 'long',
      signal,
      log: (line: string) => {
        log.push(line);
        if (log.length > LOG_LINES) log.shift();
      },
      onStep: (step: string) => console.log(`  … ${step}`),
    };
    const report: BenchReport = { startedAt, mode, machine, suites: [] };
    await runSuites(chosen, context, {
      onStart: ({ title, summary }) => console.log(`\n${title}\n${summary}\n`),
      onEnd: async (ended) => {
        console.log(`\n${renderTable(ended)}\n  (${ended.seconds.toFixed(0)} s)`);
        if (ended.error !== undefined) console.error(log.join('\n'));
        report.suites.push(ended);
        // After each suite: nobody wants to lose half an hour to Ctrl+C.
        if (json !== undefined) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
      },
    });
    return conclude(report);
  },
});

function renderMachine(machine: BenchReport['machine'], mode: Mode): string {
  const { processor, cores, memoryGigabytes, node, loadPerCore } = machine;
  const text = `${mode}: ${cores} cores (${processor}), ${memoryGigabytes} GB, Node ${node}`;
  if (loadPerCore <= QUIET_LOAD_PER_CORE) return text;
  return `${text}\nThis machine is busy (load ${loadPerCore} per core): figures will be worse than they are.`;
}

/** Prints every bar; returns the exit code. */
function conclude({ suites: reports }: BenchReport): number {
  const bars = reports.flatMap((report) => report.bars);
  const missed = bars.filter((bar) => !isMet(bar)).length;
  const failed = reports.filter(({ error }) => error !== undefined).length;
  if (bars.length > 0) console.log(`\nQuality bars\n\n${renderBars(bars)}`);
  console.log(`\n${bars.length - missed} bars hold, ${missed} missed, ${failed} suites failed`);
  return missed + failed === 0 ? 0 : 1;
}
