import { describe, expect, it } from 'vitest';
import { drawLinePlot } from '../../../../bench/simulation/plot/line-plot.ts';

const plot = drawLinePlot({
  title: 'Rate & time',
  x: { kind: 'linear', min: 0, max: 10, label: 'minutes' },
  y: { kind: 'linear', min: 0, max: 10, label: 'writes' },
  lines: [
    {
      label: 'measured',
      points: [
        [0, 0],
        [10, 10],
      ],
    },
    {
      label: 'the limit',
      isDashed: true,
      points: [
        [0, 10],
        [10, 10],
      ],
    },
  ],
});

describe('drawLinePlot', () => {
  it('draws each line from corner to corner of its axes', () => {
    expect(plot).toContain('points="76,328 676,52"');
  });

  it('dashes bounds', () => {
    expect(plot).toMatch(/stroke-dasharray="6 5" points="76,52 676,52"/);
  });

  it('escapes texts and names the plot for readers that do not see it', () => {
    expect(plot).toContain('aria-label="Rate &amp; time"');
  });

  it('has colours for dark pages', () => {
    expect(plot).toContain('prefers-color-scheme: dark');
  });
});
