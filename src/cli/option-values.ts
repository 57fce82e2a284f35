import { InvalidArgumentError } from 'commander';

/** Reads a whole number between `min` and `max`, both included. @throws InvalidArgumentError */
export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    const range = max === Number.MAX_SAFE_INTEGER ? `from ${min}` : `from ${min} to ${max}`;
    throw new InvalidArgumentError(`It has to be a whole number ${range}.`);
  };
}

/** Reads one word of a few, in any letter case. @throws InvalidArgumentError */
export function oneOf<T extends string>(words: readonly T[]): (text: string) => T {
  return (text) => {
    const word = words.find((each) => each.toLowerCase() === text.trim().toLowerCase());
    if (word !== undefined) return word;
    throw new InvalidArgumentError(`It has to be one of ${words.join(', ')}.`);
  };
}

/** Reads text that is not empty. @throws InvalidArgumentError */
export function someText(text: string): string {
  if (text.trim() !== '') return text.trim();
  throw new InvalidArgumentError('It has to be a text that is not empty.');
}

/** Splits at commas; spaces around the parts do not count. @throws InvalidArgumentError */
export function commaSeparated(text: string): string[] {
  return text.split(',').map(someText);
}

/** Collects the values of an option that is repeated or has commas in it. */
export function listOf<T>(
  parse: (text: string) => T,
): (text: string, before: readonly T[] | undefined) => T[] {
  return (text, before = []) => [...before, ...commaSeparated(text).map(parse)];
}

/** Reads what can be the value of a header without changing it. @throws InvalidArgumentError */
export function headerText(text: string): string {
  if (/^[\x21-\x7e]{1,200}$/.test(text)) return text;
  throw new InvalidArgumentError('It has to be 1 to 200 ASCII characters without spaces.');
}
