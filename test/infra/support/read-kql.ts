import { type TableName, keywords, tables } from './kql-tables.ts';

/** A query, or one side of a union: what it asks of which table. */
export interface KqlPart {
  readonly table: string;
  /** What `Name` is compared with. */
  readonly names: readonly string[];
  /** What is read from the column `Properties`. */
  readonly properties: readonly string[];
  /** Words that are neither columns of the table, nor made in the query, nor of the language. */
  readonly unknown: readonly string[];
}

/** Takes a query apart as far as its words go; it is no parser of the language. */
export function readKql(text: string): KqlPart[] {
  const code = text.replaceAll(/\/\/.*$/gm, '');
  const starts = [...code.matchAll(/(?<=^|\()\s*([A-Za-z]\w*)\s*(?=\|)/gm)];
  return starts.map((start, i) => {
    const [, table = ''] = start;
    const part = code.slice(start.index + start[0].length, starts[i + 1]?.index);
    return {
      table,
      names: namesIn(part),
      properties: [...part.matchAll(/\bProperties\.(\w+)/g)].map(([, name = '']) => name),
      unknown: unknownIn(table, part),
    };
  });
}

function namesIn(part: string): string[] {
  const compared = [...part.matchAll(/\bName\s*(?:==|in)\s*(\([^)]*\)|"[^"]*")/g)];
  return compared.flatMap(([, texts = '']) =>
    [...texts.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name),
  );
}

function unknownIn(table: string, part: string): string[] {
  const code = part.replaceAll(/@?"[^"]*"/g, '""');
  const made = [...code.matchAll(/(\w+)\s*=(?![=~])/g)].map(([, name = '']) => name);
  const columns: readonly string[] = table in tables ? tables[table as TableName] : [];
  const words = [...code.matchAll(/(?<![.\w])[A-Za-z]\w*(?!\s*\(|\w)/g)].map(([word]) => word);
  return [...new Set(words)].filter(
    (word) => ![...made, ...columns].includes(word) && !keywords.has(word),
  );
}
