import { createDraw } from './random.ts';

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What Intune reports for a device that is not registered in Entra ID. */
export const zeroGuid = '00000000-0000-0000-0000-000000000000';

/** Whether the text has the form of a GUID, in either case. */
export function isGuid(text: string): boolean {
  return guidPattern.test(text);
}

/** Formats four 32-bit integers as a random (version 4) GUID in lower case. */
export function formatGuid(a: number, b: number, c: number, d: number): string {
  const version = `4${hex(b & 0xfff, 3)}`;
  const variant = hex(0x8000 | ((c >>> 16) & 0x3fff), 4);
  return `${hex(a, 8)}-${hex(b >>> 16, 4)}-${version}-${variant}-${hex(c & 0xffff, 4)}${hex(d, 8)}`;
}

/** GUIDs by index: the same seed, name and index give the same GUID. */
export function createGuids(seed: number, name: string): (index: number) => string {
  const words = [0, 1, 2, 3].map((word) => createDraw(seed, `${name}.${word}`));
  const wordOf = (word: number, index: number) => ((words[word]?.(index) ?? 0) * 2 ** 32) >>> 0;
  return (index) =>
    formatGuid(wordOf(0, index), wordOf(1, index), wordOf(2, index), wordOf(3, index));
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
