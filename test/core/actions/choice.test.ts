import { describe, expect, it } from 'vitest';
import { choiceOf, choicesOf } from '../../../src/core/actions/choice.ts';

const usual = { description: '', values: ['on', 'off'], fallback: 'off' } as const;
const { fallback: _fallback, ...needed } = usual;

describe('choiceOf', () => {
  it('is what was chosen, else what it falls back to', () => {
    expect(choiceOf(usual, 'on')).toBe('on');
    expect(choiceOf(usual, undefined)).toBe('off');
  });

  it.each([undefined, 'On', '', 'on ', { on: ['1'] }])(
    'is nothing but a value of the parameter: not %j',
    (given) => {
      expect(() => choiceOf(needed, given)).toThrow('A parameter is none of on, off.');
    },
  );
});

describe('choicesOf', () => {
  it('is the same for every device when one value was chosen', () => {
    expect(['1', '2'].map(choicesOf(needed, 'on'))).toEqual(['on', 'on']);
    expect(['1', '2'].map(choicesOf(usual, undefined))).toEqual(['off', 'off']);
  });

  it('is what was chosen for the device', () => {
    const chosen = choicesOf(needed, { on: ['1', '3'], off: ['2'] });
    expect(['1', '2', '3'].map(chosen)).toEqual(['on', 'off', 'on']);
  });

  it('is nothing for a device that nothing was chosen for, or with a value that there is not', () => {
    expect(() => choicesOf(usual, { on: ['1'] })('2')).toThrow('the device 2');
    expect(() => choicesOf(usual, { wipe: ['1'] })).toThrow('none of on, off');
  });
});
