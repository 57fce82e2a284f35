/** What an option can be. */
export type OptionValue = string | number | boolean | readonly string[] | undefined;

/** One option of a command: how it is read, and what `--help` says about it. */
export interface Option<T> {
  /** What stands for the value in the help, for example `N`; '' for a flag, which has no value. */
  placeholder: string;
  /** One line for the help, without the default. */
  help: string;
  /** What holds when the option is not given. */
  fallback: T;
  /** Reads the value. @throws Error whose message continues "--name ", for example "has to be …". */
  parse: (text: string) => T;
}

type Description<T> = Pick<Option<T>, 'placeholder' | 'help' | 'fallback'>;

/** A whole number between `min` and `max`, both included. */
export function integerOption(
  description: Description<number>,
  { min, max }: { min: number; max: number },
): Option<number> {
  return {
    ...description,
    parse: (text) => {
      const value = /^\d+$/.test(text) ? Number(text) : NaN;
      if (value >= min && value <= max) return value;
      throw new Error(`has to be a whole number from ${min} to ${max}, not "${text}".`);
    },
  };
}

/** One word of a few. */
export function choiceOption<T extends string>(
  description: Omit<Description<T>, 'placeholder'>,
  choices: readonly T[],
): Option<T> {
  return {
    ...description,
    placeholder: choices.join('|'),
    parse: (text) => {
      const choice = choices.find((candidate) => candidate === text);
      if (choice !== undefined) return choice;
      throw new Error(`has to be one of ${choices.join(', ')}, not "${text}".`);
    },
  };
}

/** The path of a file; absent unless given. */
export function fileOption(help: string): Option<string | undefined> {
  return {
    placeholder: 'FILE',
    help,
    fallback: undefined,
    parse: (text) => {
      if (text.trim() !== '') return text;
      throw new Error('has to be the path of a file, not an empty text.');
    },
  };
}

/** Words with commas between them; an empty text is an empty list. */
export function listOption(description: Description<readonly string[]>): Option<readonly string[]> {
  return {
    ...description,
    parse: (text) => {
      const words = text === '' ? [] : text.split(',').map((word) => word.trim());
      if (!words.includes('')) return words;
      throw new Error(`has to be words with commas between them, not "${text}".`);
    },
  };
}

/** A switch that is off unless it is given; it takes no value. */
export function flagOption(help: string): Option<boolean> {
  return { placeholder: '', help, fallback: false, parse: () => true };
}
