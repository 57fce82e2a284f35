/** How the values of an axis become places on it. */
export interface Axis {
  readonly kind: 'linear' | 'log';
  readonly min: number;
  readonly max: number;
  readonly label: string;
  /** How a value is written at its tick; default: as a number with thousands. */
  readonly format?: (value: number) => string;
}

/** A place on an axis: 0 at its beginning, 1 at its end. */
export function placeOn({ kind, min, max }: Axis, value: number): number {
  return kind === 'linear'
    ? (value - min) / (max - min)
    : Math.log(value / min) / Math.log(max / min);
}

/** Where an axis has ticks: at powers of ten, or at some six round values. */
export function ticksOf({ kind, min, max }: Axis): number[] {
  if (kind === 'log') {
    const first = Math.ceil(Math.log10(min) - 1e-9);
    const count = Math.floor(Math.log10(max) + 1e-9) - first + 1;
    return Array.from({ length: count }, (_, place) => 10 ** (first + place));
  }
  const step = roundStep((max - min) / 6);
  const first = Math.ceil(min / step);
  const count = Math.floor(max / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, place) => (first + place) * step);
}

/** The smallest of 1, 2, 5 times a power of ten that is no smaller than a value. */
function roundStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((factor) => factor * power >= value) ?? 10) * power;
}
