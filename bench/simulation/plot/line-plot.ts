import { type Axis, placeOn, ticksOf } from './axis.ts';

export interface Line {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** A bound rather than a measurement. */
  readonly isDashed?: boolean;
}

export interface LinePlot {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  /** Stretches of x to tell apart, with a word on each. */
  readonly bands?: readonly {
    readonly from: number;
    readonly to: number;
    readonly label: string;
  }[];
}

const WIDTH = 720;
const HEIGHT = 420;
const LEFT = 76;
const RIGHT = 44;
const TOP = 52;
const BOTTOM = 92;

/** Dark enough on white and light enough on black to be told apart by most eyes (Okabe and Ito). */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-size: 15px; font-weight: 600 }
  .grid { stroke: #d0d7de; stroke-width: 1 }
  .band { fill: #8b949e; opacity: 0.15 }
  .line { fill: none; stroke-width: 2; stroke-linejoin: round }
  .paper { fill: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .grid { stroke: #30363d }
    .paper { fill: #0d1117 }
  }`;

/** Draws lines over two axes as an SVG that suits light and dark pages. */
export function drawLinePlot({ title, x, y, lines, bands = [] }: LinePlot): string {
  const toX = (value: number) => round(LEFT + placeOn(x, value) * (WIDTH - LEFT - RIGHT));
  const toY = (value: number) =>
    round(HEIGHT - BOTTOM - placeOn(y, value) * (HEIGHT - TOP - BOTTOM));
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}">`,
    `<style>${STYLE}\n</style>`,
    `<rect class="paper" width="${WIDTH}" height="${HEIGHT}" rx="6"/>`,
    text(LEFT, 28, title, { class: 'title' }),
    ...bands.map((band) => drawBand(band, toX)),
    ...ticksOf(x).map((value) => drawTick(toX(value), formatOf(x)(value))),
    ...ticksOf(y).map((value) => drawGridLine(toY(value), formatOf(y)(value))),
    text(WIDTH - RIGHT, HEIGHT - BOTTOM + 38, x.label, { anchor: 'end' }),
    text(LEFT, TOP - 8, y.label),
    ...lines.map((line, index) => drawLine(line, colourOf(index), toX, toY)),
    ...lines.map((line, index) => drawKey(line, index)),
    '</svg>',
  ];
  return `${parts.join('\n')}\n`;
}

function drawBand(
  { from, to, label }: NonNullable<LinePlot['bands']>[number],
  toX: (value: number) => number,
): string {
  const [left, right] = [toX(from), toX(to)];
  const box = `<rect class="band" x="${left}" y="${TOP}" width="${round(right - left)}" height="${HEIGHT - TOP - BOTTOM}"/>`;
  return box + text((left + right) / 2, TOP + 18, label, { anchor: 'middle' });
}

function drawTick(x: number, label: string): string {
  const line = `<line class="grid" x1="${x}" y1="${TOP}" x2="${x}" y2="${HEIGHT - BOTTOM}"/>`;
  return line + text(x, HEIGHT - BOTTOM + 18, label, { anchor: 'middle' });
}

function drawGridLine(y: number, label: string): string {
  const line = `<line class="grid" x1="${LEFT}" y1="${y}" x2="${WIDTH - RIGHT}" y2="${y}"/>`;
  return line + text(LEFT - 8, y + 4, label, { anchor: 'end' });
}

function drawLine(
  { points, isDashed = false }: Line,
  colour: string,
  toX: (value: number) => number,
  toY: (value: number) => number,
): string {
  const path = points.map(([a, b]) => `${toX(a)},${toY(b)}`).join(' ');
  const dash = isDashed ? ' stroke-dasharray="6 5"' : '';
  return `<polyline class="line" stroke="${colour}"${dash} points="${path}"/>`;
}

/** The key below the plot, three to a row. */
function drawKey({ label, isDashed = false }: Line, index: number): string {
  const x = LEFT + (index % 3) * 206;
  const y = HEIGHT - 32 + Math.floor(index / 3) * 18;
  const dash = isDashed ? ' stroke-dasharray="6 5"' : '';
  const sample = `<line class="line" stroke="${colourOf(index)}"${dash} x1="${x}" y1="${y - 4}" x2="${x + 24}" y2="${y - 4}"/>`;
  return sample + text(x + 32, y, label);
}

function text(
  x: number,
  y: number,
  content: string,
  { class: name, anchor }: { class?: string; anchor?: 'middle' | 'end' } = {},
): string {
  const attributes = [
    ...(name === undefined ? [] : [` class="${name}"`]),
    ...(anchor === undefined ? [] : [` text-anchor="${anchor}"`]),
  ];
  return `<text x="${round(x)}" y="${round(y)}"${attributes.join('')}>${escape(content)}</text>`;
}

function colourOf(index: number): string {
  return colours[index % colours.length] ?? '#000000';
}

function formatOf({ format = (value) => value.toLocaleString('en') }: Axis) {
  return format;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
