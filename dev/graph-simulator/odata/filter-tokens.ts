import { BadRequest } from '../graph/bad-request.ts';

/** The words of a $filter expression. */
export type FilterToken =
  | { type: 'word'; text: string }
  | { type: 'string'; value: string }
  | { type: 'date'; ms: number }
  | { type: 'number'; value: string }
  | { type: 'symbol'; text: '(' | ')' | ',' }
  | { type: 'end' };

// A quote inside a string is written twice. Dates are unquoted and in UTC, numbers unquoted.
const pattern =
  /\s*(?:'((?:[^']|'')*)'|(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z)|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|([(),]))/y;

/**
 * Splits a $filter expression into tokens; the last one is always `end`.
 *
 * @throws BadRequest where nothing that is known begins
 */
export function tokenizeFilter(text: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  const end = text.trimEnd().length;
  let position = 0;
  while (position < end) {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match === null) {
      throw new BadRequest(`Syntax error at position ${position} in '${text}'.`);
    }
    tokens.push(toToken(match, text));
    position = pattern.lastIndex;
  }
  return [...tokens, { type: 'end' }];
}

function toToken(
  [, quoted, date, number, word, symbol]: RegExpExecArray,
  text: string,
): FilterToken {
  if (quoted !== undefined) return { type: 'string', value: quoted.replaceAll("''", "'") };
  if (date !== undefined) {
    const ms = Date.parse(date);
    if (Number.isNaN(ms)) throw new BadRequest(`'${date}' is not a date in '${text}'.`);
    return { type: 'date', ms };
  }
  if (number !== undefined) return { type: 'number', value: number };
  if (word !== undefined) return { type: 'word', text: word };
  return { type: 'symbol', text: symbol as '(' | ')' | ',' };
}
