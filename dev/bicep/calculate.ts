import type { Value } from './values.ts';

/**
 * The result of an operator on whole numbers.
 *
 * @throws Error for an operator that is not known here
 */
export function calculate(operator: string, left: Value, right: Value): number | boolean {
  const [a, b] = [Number(left), Number(right)];
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return Math.trunc(a / b);
    case '%':
      return a % b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      throw new Error(`${operator} is not of the Bicep that is checked here`);
  }
}
