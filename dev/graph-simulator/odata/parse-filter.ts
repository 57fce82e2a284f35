import { createTokenCursor, type FilterValue, type TokenCursor } from './token-cursor.ts';

export interface Comparison {
  kind: 'comparison';
  property: string;
  /** `eq`, `contains`, ... exactly as written, known or not. */
  operator: string;
  value: FilterValue;
}

/** A $filter expression. */
export type Filter = Comparison | { kind: 'and' | 'or'; terms: Filter[] };

/**
 * Parses comparisons (`name op value`, `function(name,value)`) that are combined with `and`, `or`
 * and parentheses; `and` binds closer. Which of them are allowed is for `checkFilter` to say.
 *
 * @throws BadRequest with what was expected, for anything else
 */
export function parseFilter(text: string): Filter {
  const cursor = createTokenCursor(text);
  const filter = parseAlternatives(cursor);
  cursor.end();
  return filter;
}

function parseAlternatives(cursor: TokenCursor): Filter {
  return parseList(cursor, 'or', () => parseList(cursor, 'and', () => parseTerm(cursor)));
}

function parseList(cursor: TokenCursor, kind: 'and' | 'or', parseOne: () => Filter): Filter {
  const first = parseOne();
  const terms = [first];
  while (cursor.accept(kind)) terms.push(parseOne());
  return terms.length === 1 ? first : { kind, terms };
}

function parseTerm(cursor: TokenCursor): Filter {
  if (!cursor.accept('(')) return parseComparison(cursor);
  const inner = parseAlternatives(cursor);
  return cursor.accept(')') ? inner : cursor.fail("')'");
}

function parseComparison(cursor: TokenCursor): Comparison {
  const first = cursor.word('a property');
  if (!cursor.accept('(')) {
    const operator = cursor.word('an operator');
    return { kind: 'comparison', property: first, operator, value: cursor.value() };
  }
  const property = cursor.word('a property');
  if (!cursor.accept(',')) cursor.fail("','");
  const value = cursor.value();
  if (!cursor.accept(')')) cursor.fail("')'");
  return { kind: 'comparison', property, operator: first, value };
}
