import type { RunNotice } from '../../core/notice.ts';
import { isGood, statusTexts } from './status-texts.ts';

/**
 * A notice as the message that a Teams workflow posts: one attachment, an Adaptive Card
 * (learn.microsoft.com/connectors/teams, "Microsoft Teams Webhook"; adaptivecards.io, version 1.4).
 *
 * @param link where the run is found, if that is known
 */
export function adaptiveCard(notice: RunNotice, link: string | undefined): object {
  const open = { type: 'Action.OpenUrl', title: 'Open the run', url: link };
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body: [titleOf(notice), ...textsOf(notice), { type: 'FactSet', facts: factsOf(notice) }],
    ...(link === undefined ? {} : { actions: [open] }),
  };
  const contentType = 'application/vnd.microsoft.card.adaptive';
  return { type: 'message', attachments: [{ contentType, contentUrl: null, content }] };
}

function titleOf({ status }: RunNotice): object {
  const color = isGood(status) ? 'Good' : 'Attention';
  const text = `Fleet sync ${statusTexts[status]}`;
  return { type: 'TextBlock', size: 'Large', weight: 'Bolder', wrap: true, color, text };
}

/**
 * Why the run was started and why it failed. A text of somebody else's is a TextRun, in which
 * Markdown does not count: no link can be put into the card with it.
 */
function textsOf({ reason, problem }: RunNotice): object[] {
  const texts = [reason, problem?.title, problem?.detail].filter((text) => text !== undefined);
  return texts.map((text) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] }));
}

function factsOf(notice: RunNotice): { title: string; value: string }[] {
  const { totals, runId, trigger, priority, durationSeconds } = notice;
  const facts = {
    Devices: totals.totalDevices,
    Accepted: totals.success,
    Errors: totals.error,
    Skipped: totals.skipped,
    Cancelled: totals.cancelled,
    Unknown: totals.unknown,
    Duration: durationText(durationSeconds),
    'Started by': `${trigger}, ${priority}`,
    Run: runId,
  };
  return Object.entries(facts).map(([title, value]) => ({ title, value: String(value) }));
}

/** `1 h 2 min 3 s`, without the units that are nothing at its beginning. */
function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60];
  if (hours > 0) return `${hours} h ${minutes} min ${whole % 60} s`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}
