/** How deep lists and objects may be nested; the deepest that is asked for has four levels. */
const MAX_DEPTH = 32;

/** How many lists, objects and entries there may be: twice what the largest scope has. */
const MAX_VALUES = 100_000;

/** What is wrong with a JSON text, in words that follow "The body". */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

/** An object or list that is open where the text is being read. */
interface Frame {
  /** The names that the object has so far; `undefined` in a list. */
  readonly names: Set<string> | undefined;
  /** Whether the next text is a name. */
  isNameNext: boolean;
}

/**
 * Parses JSON from outside. Beyond `JSON.parse` it refuses what two readers may understand
 * differently, or what is made to exhaust one: a name that an object has twice (RFC 8259, section 4),
 * the name `__proto__`, nesting beyond 32 levels and more than 100,000 values.
 *
 * @throws JsonError
 */
export function parseJson(text: string): unknown {
  check(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonError('is not JSON');
  }
}

/** Looks at names and brackets only: whatever else is wrong, `JSON.parse` finds. */
function check(text: string): void {
  const open: Frame[] = [];
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const frame = open.at(-1);
    switch (text.charAt(at)) {
      case '"': {
        const end = endOfText(text, at);
        if (frame?.isNameNext === true) addName(frame, text.slice(at, end + 1));
        at = end;
        break;
      }
      case '{':
        open.push({ names: new Set(), isNameNext: true });
        values += 1;
        break;
      case '[':
        open.push({ names: undefined, isNameNext: false });
        values += 1;
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (frame !== undefined) frame.isNameNext = frame.names !== undefined;
        values += 1;
        break;
    }
    if (open.length > MAX_DEPTH) throw new JsonError(`is nested deeper than ${MAX_DEPTH} levels`);
    if (values > MAX_VALUES) throw new JsonError(`has more than ${MAX_VALUES} values`);
  }
}

/** Where a text ends that begins at `start`; the end of everything when it has none. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function addName(frame: Frame, quoted: string): void {
  const name = nameOf(quoted);
  if (name === '__proto__') throw new JsonError('has the name "__proto__", which nothing here has');
  if (frame.names?.has(name) === true) throw new JsonError('has a name twice in one object');
  frame.names?.add(name);
  frame.isNameNext = false;
}

/** Without the escapes, since `"a"` and `"\u0061"` are the same name. */
function nameOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw new JsonError('is not JSON');
  }
}
