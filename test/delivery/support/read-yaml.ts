/** What a file says: texts, lists and mappings; an empty value is `null`. */
export type Yaml = string | null | Yaml[] | { [key: string]: Yaml };

interface Line {
  readonly number: number;
  readonly indent: number;
  readonly text: string;
}

/**
 * Reads the part of YAML that workflows need: mappings and lists in blocks, texts on one line, bare or
 * in single quotes, and `[lists, of, texts]`. Texts stay texts, `true` and numbers too.
 *
 * @throws with the number of the line for anything else, and for a key that comes twice
 */
export function readYaml(text: string): Yaml {
  const lines = text
    .split('\n')
    .map((line, i) => ({ number: i + 1, indent: line.search(/\S/), text: withoutComment(line) }))
    .filter((line) => line.text !== '');
  const rest = [...lines];
  const value = readBlock(rest, 0);
  if (rest[0] !== undefined) throw unexpected(rest[0]);
  return value;
}

function withoutComment(line: string): string {
  return /^\s*#/.test(line) ? '' : line.replace(/\s+#.*$/, '').trim();
}

/** Takes the lines of one block off the front. */
function readBlock(rest: Line[], indent: number): Yaml {
  return rest[0]?.text.startsWith('- ') === true
    ? readList(rest, indent)
    : readMapping(rest, indent);
}

function readList(rest: Line[], indent: number): Yaml[] {
  const items: Yaml[] = [];
  while (rest[0]?.indent === indent && rest[0].text.startsWith('- ')) {
    const [{ number, text }] = rest as [Line];
    const item = text.slice(2);
    if (/^[\w-]+:( |$)/.test(item)) {
      rest[0] = { number, indent: indent + 2, text: item };
      items.push(readMapping(rest, indent + 2));
    } else {
      rest.shift();
      items.push(readScalar(item, number));
    }
  }
  return items;
}

function readMapping(rest: Line[], indent: number): Record<string, Yaml> {
  const mapping = new Map<string, Yaml>();
  while (rest[0]?.indent === indent && !rest[0].text.startsWith('- ')) {
    const line = rest[0];
    const [, key = '', value = ''] = /^([\w-]+):(?: (.*))?$/.exec(line.text) ?? [];
    if (key === '' || mapping.has(key)) throw unexpected(line);
    rest.shift();
    const inner = rest.at(0)?.indent ?? -1;
    if (value !== '') mapping.set(key, readScalar(value, line.number));
    else mapping.set(key, inner > indent ? readBlock(rest, inner) : null);
  }
  if (mapping.size === 0 && rest[0] !== undefined) throw unexpected(rest[0]);
  return Object.fromEntries(mapping);
}

function readScalar(text: string, number: number): Yaml {
  const list = /^\[(.*)\]$/.exec(text)?.[1];
  if (list !== undefined) return list.split(',').map((item) => readScalar(item.trim(), number));
  const quoted = /^'((?:[^']|'')*)'$/.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  // What would mean something else: other quotes, blocks, anchors, tags, a mapping on the line.
  if (/^["'[\]{}&*!|>%@`]|: |:$/.test(text)) throw unexpected({ number, indent: 0, text });
  return text;
}

function unexpected({ number, text }: Line): Error {
  return new Error(`line ${number} cannot be read: ${text}`);
}
