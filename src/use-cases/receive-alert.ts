import { type Alert, alertKey } from '../core/alert.ts';
import { type AlertVerdict, judgeAlert, laneOfRule } from '../core/alert-admission.ts';
import { type AlertRule, type AlertRules, runOfRule } from '../core/alert-rule.ts';
import { newRun } from '../core/new-run.ts';
import { newRunId } from '../core/run-id.ts';
import { type Run, isFinal } from '../core/run.ts';
import { MONITOR_INTERVAL_MS } from './monitor-run.ts';
import { type Log, type Ports, RunExistsError } from './ports.ts';
import { KEY_LIFETIME_MS } from './start-once.ts';

export interface AlertSettings {
  readonly rules: AlertRules;
  /** How long a run may be open, ms. */
  readonly deadlineMs: number;
}

export type AlertResult =
  | { readonly kind: 'started' | 'joined'; readonly run: Run }
  /** The alert was received before, and what it led to is over. */
  | { readonly kind: 'repeated'; readonly run: Run }
  | Extract<AlertVerdict, { kind: 'coolingDown' }>
  | { readonly kind: 'resolved' | 'otherCondition' | 'unknownRule' };

type AlertPorts = Pick<
  Ports,
  'runs' | 'queue' | 'openRuns' | 'keys' | 'budget' | 'clock' | 'random'
>;

/** The alert's rule, and the moment at which and for whom it is handled. */
interface Occasion {
  readonly rule: AlertRule;
  readonly requestedBy: string;
  readonly deadlineMs: number;
  readonly now: number;
}

/**
 * Takes an alert: starts a run, joins the one its rule has open, or says why not.
 *
 * Whatever delivery dies or hangs wherever, the next one finishes what it began instead of starting
 * over: the alert's key names the id of its run before there is a row, and so does the admission of
 * its rule. Two that write the row of one id at once cannot both succeed, and messages that are sent
 * twice meet a run that is planned and monitored. Nobody therefore waits for anybody.
 */
export function receiveAlert(ports: AlertPorts, { rules, deadlineMs }: AlertSettings) {
  return async (alert: Alert, requestedBy: string, log: Log): Promise<AlertResult> => {
    const { condition } = alert;
    if (condition !== 'fired') {
      return { kind: condition === 'resolved' ? 'resolved' : 'otherCondition' };
    }
    const rule = rules.get(alert.rule ?? '');
    if (rule === undefined) return { kind: 'unknownRule' };
    const occasion = { rule, requestedBy, deadlineMs, now: ports.clock.now() };
    const result = await receive(ports, alertKey(alert), occasion);
    log.info(
      `Alert of the rule ${JSON.stringify(rule.name)}: ${result.kind}, run ${result.run.id}`,
    );
    return result;
  };
}

/** @param key of the alert; `undefined` when it cannot be told from others of its rule */
async function receive(ports: AlertPorts, key: string | undefined, occasion: Occasion) {
  const id = newRunId(occasion.now, ports.random);
  const claimed = key === undefined ? id : await claimKey(ports, key, id, occasion.now);
  const earlier = claimed === id ? undefined : await ports.runs.get(claimed);
  if (earlier !== undefined) return repeat(ports, earlier);
  const result = await admit(ports, claimed, occasion);
  if (key !== undefined && result.run.id !== claimed) {
    // Repeated when that run is over, the alert must not start one of its own.
    const entry = { runId: result.run.id, fingerprint: '', at: occasion.now };
    await ports.keys.claim(key, entry, ({ runId }) => runId === claimed);
  }
  return result;
}

/** Takes the alert's key; returns the id of its run: the given one, or that of an earlier delivery. */
async function claimKey(
  { keys }: AlertPorts,
  key: string,
  runId: string,
  now: number,
): Promise<string> {
  const mine = { runId, fingerprint: '', at: now };
  const entry = await keys.claim(key, mine, ({ at }) => now - at > KEY_LIFETIME_MS);
  return entry.runId;
}

async function repeat(ports: AlertPorts, run: Run) {
  return isFinal(run) ? ({ kind: 'repeated', run } as const) : join(ports, run);
}

/** Decides about the rule's lane, one alert at a time, and does what was decided. */
async function admit(ports: AlertPorts, runId: string, occasion: Occasion) {
  const { rule, now } = occasion;
  const { cooldownMs } = rule;
  let last = runId;
  const verdict = await ports.openRuns.admit<Exclude<AlertVerdict, { kind: 'start' }>>(
    laneOfRule(rule.name),
    { runId, at: now },
    async (admitted) => {
      const newest = admitted.at(-1);
      if (newest === undefined || newest.runId === runId) return { stay: [] };
      last = newest.runId;
      const run = await ports.runs.get(newest.runId);
      const judged = judgeAlert({ at: newest.at, run }, { cooldownMs, now });
      return judged.kind === 'start' ? { stay: [] } : { stay: admitted, blocker: judged };
    },
  );
  switch (verdict?.kind) {
    case undefined:
      return launch(ports, runId, occasion);
    case 'finish':
      return launch(ports, last, occasion);
    case 'join':
      return join(ports, verdict.run);
    case 'coolingDown':
      return verdict;
  }
}

async function launch(
  ports: AlertPorts,
  runId: string,
  { rule, requestedBy, deadlineMs, now }: Occasion,
) {
  const run = newRun(runId, runOfRule(rule, requestedBy), now, deadlineMs);
  try {
    await ports.runs.create(run);
  } catch (error) {
    // Another delivery was faster, or this one's own write was repeated on its way.
    if (!(error instanceof RunExistsError)) throw error;
    return join(ports, (await ports.runs.get(runId)) ?? run);
  }
  await sendMessages(ports, run);
  return { kind: 'started', run } as const;
}

/** Joins an open run, and sees to it that it goes on: who began it may have died before its messages. */
async function join(ports: AlertPorts, run: Run) {
  const isUntouched = run.startedAt === undefined && run.monitoredAt === undefined;
  if (isUntouched) await sendMessages(ports, run);
  return { kind: 'joined', run } as const;
}

async function sendMessages({ queue, budget }: AlertPorts, { id }: Run): Promise<void> {
  await queue.enqueuePlan(id, 0);
  await queue.enqueueMonitor(id, MONITOR_INTERVAL_MS);
  await budget.announceUrgent();
}
