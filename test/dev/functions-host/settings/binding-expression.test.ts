import { expect, test } from 'vitest';
import { resolveBindingExpression } from '../../../../dev/functions-host/settings/binding-expression.ts';

test('every %NAME% becomes its setting', () => {
  const environment = { A: 'x', B: 'y' };
  expect(resolveBindingExpression('%A%-%B%-c', environment, 'here')).toBe('x-y-c');
});

test('a setting that does not exist is named, and so is what needs it', () => {
  expect(() => resolveBindingExpression('%NONE%', {}, "function 'f': schedule")).toThrow(
    "function 'f': schedule is '%NONE%', but there is no setting NONE; add it",
  );
});
