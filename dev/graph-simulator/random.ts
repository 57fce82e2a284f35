/** A number in [0, 1) that depends on nothing but the seed, the draw's name and the index. */
export type Draw = (index: number) => number;

const twoTo32 = 2 ** 32;

/**
 * Scrambles a 32-bit integer so that neighbouring inputs give unrelated outputs: the finaliser of
 * MurmurHash3 (Austin Appleby, public domain), whose constants these are.
 */
export function mix32(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * Random access instead of a sequence: device 999,999 is drawn without drawing the others first,
 * so a large fleet needs no memory, and a new trait does not change the ones that exist.
 *
 * @param seed any integer
 * @param name what is drawn; two names give independent numbers
 */
export function createDraw(seed: number, name: string): Draw {
  const salt = mix32(hashText(name) ^ mix32(seed));
  return (index) => mix32(mix32((index + salt) | 0) ^ salt) / twoTo32;
}

/** The numbers of `createDraw` one after the other, for events that have no index of their own. */
export function createStream(seed: number, name: string): () => number {
  const draw = createDraw(seed, name);
  let next = 0;
  return () => draw(next++);
}

/** Chooses from a list that is not empty by a number in [0, 1). */
export function pick<T>(list: readonly T[], unit: number): T {
  const chosen = list[Math.floor(unit * list.length)];
  if (chosen === undefined) throw new RangeError('pick() needs a list with at least one entry.');
  return chosen;
}

/** Reorders a copy of the list (Fisher-Yates), taking numbers in [0, 1) from `next`. */
export function shuffle<T>(list: readonly T[], next: () => number): T[] {
  const shuffled = [...list];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    const [a, b] = [shuffled[last], shuffled[other]];
    if (a === undefined || b === undefined) continue;
    shuffled[last] = b;
    shuffled[other] = a;
  }
  return shuffled;
}

function hashText(text: string): number {
  let hash = 0;
  for (const character of text) hash = mix32(hash ^ (character.codePointAt(0) ?? 0));
  return hash;
}
