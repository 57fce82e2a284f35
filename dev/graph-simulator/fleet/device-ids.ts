import { createDraw, mix32 } from '../random.ts';
import { formatGuid } from '../guid.ts';

/** Translates between a device's index in the fleet and its GUID. */
export interface DeviceIds {
  idOf(index: number): string;
  /** The index, or undefined when no device of the fleet has this id. */
  indexOf(id: string): number | undefined;
}

const rounds = [0, 1, 2, 3];

/**
 * The first eight hex digits of an id are the index under a keyed permutation, the others are
 * drawn. So an id leads back to its device by calculation, and a fleet of a million needs no table.
 */
export function createDeviceIds(seed: number, size: number): DeviceIds {
  const key = mix32(seed ^ 0x5bd1e995);
  const [second, third, fourth] = ['b', 'c', 'd'].map((word) => createDraw(seed, `id.${word}`));
  const word = (draw: typeof second, index: number) => ((draw?.(index) ?? 0) * 2 ** 32) >>> 0;
  const idOf = (index: number) =>
    formatGuid(permute(index, key), word(second, index), word(third, index), word(fourth, index));
  return {
    idOf,
    indexOf(id) {
      const index = unpermute(Number.parseInt(id.slice(0, 8), 16), key);
      return index < size && idOf(index) === id.toLowerCase() ? index : undefined;
    },
  };
}

// A Feistel network over two halves of 16 bits: reversible whatever the round function is.
function permute(value: number, key: number): number {
  let [left, right] = [value >>> 16, value & 0xffff];
  for (const round of rounds) [left, right] = [right, left ^ scramble(right, round, key)];
  return ((left << 16) | right) >>> 0;
}

function unpermute(value: number, key: number): number {
  let [left, right] = [value >>> 16, value & 0xffff];
  for (const round of rounds.toReversed())
    [left, right] = [right ^ scramble(left, round, key), left];
  return ((left << 16) | right) >>> 0;
}

function scramble(half: number, round: number, key: number): number {
  return mix32(half ^ mix32(key + round)) & 0xffff;
}
