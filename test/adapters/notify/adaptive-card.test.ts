import { describe, expect, it } from 'vitest';
import { adaptiveCard } from '../../../src/adapters/notify/adaptive-card.ts';
import { type RunNotice, noticeOf } from '../../../src/core/notice.ts';
import type { Run } from '../../../src/core/run.ts';
import { aRun, aRunId, someTotals, startOfTest } from '../../support/factories.ts';

function aNotice(overrides: Partial<Run> = {}): RunNotice {
  return noticeOf(
    aRun({
      status: 'completedWithErrors',
      completedAt: startOfTest + 3_723_000,
      totalDevices: 12,
      skippedByReason: { leaving: 3 },
      totals: someTotals({ success: 7, error: 2 }),
      ...overrides,
    }),
  );
}

interface Card {
  readonly body: readonly { readonly type: string; readonly text?: string }[];
  readonly actions?: readonly unknown[];
}

function cardOf(notice: RunNotice): Card {
  const { attachments } = adaptiveCard(notice, undefined) as { attachments: { content: Card }[] };
  const [attachment] = attachments;
  if (attachment === undefined) throw new Error('no attachment');
  return attachment.content;
}

describe('the card of a notice', () => {
  it('is a message with one attachment, as a Teams workflow takes it', () => {
    const link = `https://my-app.azurewebsites.net/api/runs/${aRunId}`;
    expect(adaptiveCard(aNotice({ reason: 'drill' }), link)).toEqual({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          contentUrl: null,
          content: {
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            type: 'AdaptiveCard',
            version: '1.4',
            body: [
              {
                type: 'TextBlock',
                size: 'Large',
                weight: 'Bolder',
                wrap: true,
                color: 'Attention',
                text: 'Fleet sync completed with errors',
              },
              { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'drill' }] },
              {
                type: 'FactSet',
                facts: [
                  { title: 'Devices', value: '12' },
                  { title: 'Accepted', value: '7' },
                  { title: 'Errors', value: '2' },
                  { title: 'Skipped', value: '3' },
                  { title: 'Cancelled', value: '0' },
                  { title: 'Unknown', value: '0' },
                  { title: 'Duration', value: '1 h 2 min 3 s' },
                  { title: 'Started by', value: 'schedule, normal' },
                  { title: 'Run', value: aRunId },
                ],
              },
            ],
            actions: [{ type: 'Action.OpenUrl', title: 'Open the run', url: link }],
          },
        },
      ],
    });
  });

  it('has nothing to click when the app does not know its address', () => {
    expect(cardOf(aNotice())).not.toHaveProperty('actions');
  });

  it('puts what others wrote where Markdown does not count', () => {
    const text = '[click](https://evil.example)';
    const problem = { code: 'x', title: text, detail: text };
    const { body } = cardOf(aNotice({ reason: text, problem }));
    const holding = body.filter((block) => JSON.stringify(block).includes('evil'));
    expect(holding.map(({ type }) => type)).toEqual([
      'RichTextBlock',
      'RichTextBlock',
      'RichTextBlock',
    ]);
  });

  it.each([
    ['completed', 'Good', 'Fleet sync completed'],
    ['failed', 'Attention', 'Fleet sync failed'],
    ['cancelled', 'Attention', 'Fleet sync was cancelled'],
    ['timedOut', 'Attention', 'Fleet sync was closed at its deadline'],
  ] as const)('of a run that %s is %s: %s', (status, color, text) => {
    expect(cardOf(aNotice({ status })).body[0]).toMatchObject({ color, text });
  });

  it.each([
    [0, '0 s'],
    [59_400, '59 s'],
    [59_600, '1 min 0 s'],
    [3_600_000, '1 h 0 min 0 s'],
  ])('says that %i ms are %s', (ms, text) => {
    const card = cardOf(aNotice({ completedAt: startOfTest + ms }));
    expect(JSON.stringify(card)).toContain(`{"title":"Duration","value":"${text}"}`);
  });
});
