import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldMessage } from '../../src/schemas/field-message.ts';

function messageOf(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value, { error: fieldMessage }).error?.issues[0]?.message;
}

describe('what is said of a field whose schema says nothing', () => {
  it.each([
    ['a number', z.number(), '5', 'must be a number'],
    ['a whole number', z.int(), 1.5, 'must be a whole number'],
    ['a text', z.string(), 5, 'must be a text'],
    ['a boolean', z.boolean(), 'yes', 'must be true or false'],
    ['a list', z.array(z.string()), {}, 'must be a list'],
    ['an object', z.strictObject({}), [], 'must be an object'],
    ['a map', z.record(z.string(), z.number()), null, 'must be an object'],
    ['a choice', z.enum(['reject', 'coalesce']), 'wait', 'must be one of reject, coalesce'],
    ['a number that is too small', z.number().min(1), 0, 'must be at least 1'],
    ['a number that is too large', z.number().max(8_760), 8_761, 'must be at most 8760'],
    ['an empty list', z.array(z.string()).min(1), [], 'must not be empty'],
    ['a short list', z.array(z.string()).min(2), ['a'], 'must have at least 2 entries'],
    ['a long text', z.string().max(3), 'four', 'must have at most 3 characters'],
  ])('names, for %s, what it must be', (_what, schema, value, message) => {
    expect(messageOf(schema, value)).toBe(message);
  });

  it('leaves alone what a schema says', () => {
    expect(messageOf(z.number('must be a share, for example 0.5'), 'half')).toBe(
      'must be a share, for example 0.5',
    );
  });
});
