import type { HttpResponseInit } from '@azure/functions';
import type { AlertAnswer } from '../../schemas/alert-answer-schema.ts';
import type { AlertResult } from '../../use-cases/receive-alert.ts';
import { linkTo } from './run-document.ts';

/** The answer to an alert: what it came to, and why. */
export function alertResponse(result: AlertResult): HttpResponseInit {
  const run = 'run' in result ? result.run : undefined;
  const answer: AlertAnswer = {
    ...answers[result.kind],
    ...(result.kind === 'coolingDown' ? { reason: coolingDown(result.until) } : {}),
    ...(run === undefined ? {} : { runId: run.id }),
  };
  return {
    status: result.kind === 'started' ? 202 : 200,
    ...(run === undefined ? {} : { headers: { Location: linkTo(run.id) } }),
    jsonBody: answer,
  };
}

const answers: Readonly<Record<AlertResult['kind'], Pick<AlertAnswer, 'result' | 'reason'>>> = {
  started: { result: 'started', reason: 'A run was started for the alert.' },
  joined: { result: 'coalesced', reason: 'A run of the alert rule is open; the alert joined it.' },
  repeated: {
    result: 'ignored',
    reason: 'The alert was received before, and its run is over.',
  },
  coolingDown: { result: 'ignored', reason: 'The alert rule is cooling down.' },
  resolved: {
    result: 'ignored',
    reason: 'The alert is resolved; only one that fired starts a run.',
  },
  otherCondition: {
    result: 'ignored',
    reason: 'The monitor condition of the alert is not Fired; only that starts a run.',
  },
  unknownRule: {
    result: 'ignored',
    reason:
      'The alert rule is not in SYNC_ALERT_RULES, or is spelled differently there; ' +
      'no other rule starts a run.',
  },
};

function coolingDown(until: number): string {
  return (
    'The alert rule is cooling down after its last run; ' +
    `it starts another one from ${new Date(until).toISOString()} on (cooldownMinutes).`
  );
}
