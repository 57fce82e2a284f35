import { BadRequest } from '../graph/bad-request.ts';
import { tokenizeFilter, type FilterToken } from './filter-tokens.ts';

/** A literal of a comparison: text, a date in milliseconds since 1970, or a number as written. */
export type FilterValue = Extract<FilterToken, { type: 'string' | 'date' | 'number' }>;

/** Goes through the tokens of a $filter once, from the left. */
export interface TokenCursor {
  /** Steps over the word or symbol if it comes next, and says whether it did. */
  accept(text: string): boolean;
  /** Steps over a word and returns it. @throws BadRequest when something else comes next */
  word(expected: string): string;
  /** Steps over a literal and returns it. @throws BadRequest when something else comes next */
  value(): FilterValue;
  /** @throws BadRequest when anything is left */
  end(): void;
  /** @throws BadRequest always; it says what was expected */
  fail(expected: string): never;
}

/** @throws BadRequest when the text cannot be split into tokens */
export function createTokenCursor(text: string): TokenCursor {
  const tokens = tokenizeFilter(text);
  let next = 0;
  const peek = (): FilterToken => tokens[next] ?? { type: 'end' };
  function fail(expected: string): never {
    throw new BadRequest(`Invalid filter clause: ${expected} expected in '${text}'.`);
  }
  return {
    fail,
    accept(wanted) {
      const token = peek();
      const isNext = (token.type === 'word' || token.type === 'symbol') && token.text === wanted;
      if (isNext) next++;
      return isNext;
    },
    word(expected) {
      const token = peek();
      if (token.type !== 'word') return fail(expected);
      next++;
      return token.text;
    },
    value() {
      const token = peek();
      if (token.type === 'word' || token.type === 'symbol' || token.type === 'end') {
        return fail('a quoted text, a date in UTC or a number');
      }
      next++;
      return token;
    },
    end() {
      if (peek().type !== 'end') fail("'and', 'or' or the end");
    },
  };
}
