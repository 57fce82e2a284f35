import { writeFile } from 'node:fs/promises';
import { checkWritable } from './command-line/check-writable.ts';
import { appOptions, environmentOptions, jsonOption } from './command-line/options.ts';
import { runCommand } from './command-line/run-command.ts';
import { openAppLog, type AppLog } from './demo/app-log.ts';
import { findProblems } from './demo/find-problems.ts';
import { createProgress } from './demo/progress.ts';
import { renderHeader } from './demo/render-header.ts';
import { renderReport, type DemoResult } from './demo/render-report.ts';
import { runDemo } from './demo/run-demo.ts';
import { renderPart } from './environment/start-report.ts';

/** How much of the app's log is shown when a demo fails. */
const shownLogLines = 40;

await runCommand({
  call: 'npm run demo --',
  summary:
    'Syncs a simulated fleet for real: starts the app and everything around it on 127.0.0.1, fires\n' +
    'the weekly schedule, shows how the run gets on, prints its report, and stops everything.\n' +
    'Exits with 0 only if the run ended well, its ledger adds up and its metrics arrived.',
  options: { ...environmentOptions, ...appOptions, json: jsonOption },
  run: async (options, signal) => {
    const { devices, instances, mode, faults, json } = options;
    const latencyMs = options['latency-ms'];
    if (json !== undefined) await checkWritable(json);
    console.log(`\n${renderHeader({ devices, instances, mode, faults, latencyMs })}\n`);

    const log = openAppLog();
    try {
      const result = await runDemo({
        ...{ devices, instances, mode, faults, latencyMs, signal },
        log: log.write,
        onPart: (name, elapsedMs) => console.log(renderPart(name, elapsedMs)),
        onReady: (elapsedMs) => console.log(`\nReady in ${seconds(elapsedMs)}.`),
        onRun: (id) => console.log(`The schedule fired: run ${id}\n`),
        progress: createProgress(process.stdout),
      });
      if (json !== undefined) await writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
      return await conclude(result, mode, log);
    } catch (error) {
      await (signal.aborted ? discard(log) : showLog(log));
      throw error;
    }
  },
});

async function conclude(result: DemoResult, mode: string, log: AppLog): Promise<number> {
  console.log(`\n${renderReport(result)}\n`);
  const problems = findProblems(result.run, result.metrics, mode);
  if (problems.length === 0) {
    await discard(log);
    console.log(`Done in ${seconds(result.elapsedSeconds * 1000)}; everything is stopped.`);
    return 0;
  }
  await showLog(log);
  console.error(`The demo failed.\n${problems.join('\n')}`);
  return 1;
}

async function discard(log: AppLog): Promise<void> {
  await log.close();
  await log.remove();
}

async function showLog(log: AppLog): Promise<void> {
  await log.close();
  const lines = await log.tail(shownLogLines);
  if (lines === '') return log.remove();
  console.error(`\nThe end of the app's log (all of it: ${log.file})\n\n${lines}\n`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
