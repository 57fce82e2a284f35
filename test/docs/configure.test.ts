import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src/schemas/settings-schema.ts';
import { codeOf, readText, rowsOf } from './support/pages.ts';

const page = readText('docs/configure.md');
const { shape } = settingsSchema;
type Name = keyof typeof shape;

const isName = (text: string | undefined): text is Name => text !== undefined && text in shape;
const names = Object.keys(shape).filter(isName);
const setByThePlatform = names.filter((name) => name.startsWith('WEBSITE_'));

interface Row {
  readonly name: Name;
  readonly fallback: string | undefined;
  readonly rule: string;
  readonly example: string;
}

const rows = rowsOf(page).flatMap(([name, fallback, rule = '', example]): Row[] => {
  const setting = codeOf(name);
  if (!isName(setting)) return [];
  return [{ name: setting, fallback: codeOf(fallback), rule, example: codeOf(example) ?? '' }];
});

/** What a setting is read as, or why it cannot be. */
function read(name: Name, text: string | undefined): { value: unknown } | { problem: string } {
  const parsed = shape[name].safeParse(text);
  return parsed.success
    ? { value: parsed.data }
    : { problem: parsed.error.issues[0]?.message ?? '' };
}

describe('the page on settings', () => {
  it('has one row for each setting, and names what the platform sets', () => {
    expect(rows.map(({ name }) => name).toSorted()).toEqual(
      names.filter((name) => !setByThePlatform.includes(name)).toSorted(),
    );
    for (const name of setByThePlatform) expect(page).toContain(`\`${name}\``);
  });

  it.each(rows)('says the default of $name', ({ name, fallback }) => {
    const absent = read(name, undefined);
    expect(fallback === undefined ? { value: undefined } : read(name, fallback)).toEqual(absent);
  });

  it.each(rows)('has an example of $name that is accepted', ({ name, example }) => {
    expect(read(name, example)).toHaveProperty('value');
  });

  it.each(rows.filter(({ rule }) => rule !== ''))(
    'has the rule of $name as the app tells it',
    ({ name, rule }) => {
      expect(read(name, '?')).toHaveProperty('problem', expect.stringContaining(`must be ${rule}`));
    },
  );

  it('leaves a rule out only where any text is taken', () => {
    for (const { name } of rows.filter(({ rule }) => rule === '')) {
      expect(read(name, '?')).toEqual({ value: '?' });
    }
  });

  it('has examples at the end that the app takes together', () => {
    const blocks = [...page.matchAll(/```\n((?:[A-Z_]+=.*\n)+)```/g)].map(([, text = '']) => text);
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) {
      const settings = block.trim().split('\n');
      const pairs = settings.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]);
      expect(pairs.map(([name]) => name).filter((name) => !isName(name))).toEqual([]);
      expect(settingsSchema.safeParse(Object.fromEntries(pairs))).toMatchObject({ success: true });
    }
  });
});
