/** One record of a CSV, and the line of the file on which it begins, from 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/** What a cell is made of: quoted with doubled quotes inside, or anything up to the next delimiter. */
const cellPatterns = {
  ',': / *"((?:[^"]|"")*)" *(?=,|\n|$)|([^,\n]*)/y,
  ';': / *"((?:[^"]|"")*)" *(?=;|\n|$)|([^;\n]*)/y,
  '\t': / *"((?:[^"]|"")*)" *(?=\t|\n|$)|([^\t\n]*)/y,
} as const;

export type Delimiter = keyof typeof cellPatterns;

/**
 * Reads CSV (RFC 4180) leniently: any line ends, spaces around cells do not count, a quote inside a
 * cell that does not begin with one is text. Records without any text are left out.
 */
export function parseCsv(text: string, delimiter: Delimiter): CsvRecord[] {
  const source = text.replaceAll(/\r\n?/g, '\n');
  const pattern = new RegExp(cellPatterns[delimiter]);
  const records: CsvRecord[] = [];
  let record: CsvRecord = { line: 1, cells: [] };
  let line = 1;
  for (let at = 0; at <= source.length;) {
    pattern.lastIndex = at;
    const [whole = '', quoted, bare = ''] = pattern.exec(source) ?? [];
    record.cells.push((quoted?.replaceAll('""', '"') ?? bare).trim());
    line += whole.split('\n').length - 1;
    at += whole.length;
    if (source[at] !== delimiter) {
      records.push(record);
      line += 1;
      record = { line, cells: [] };
    }
    at += 1;
  }
  return records.filter(({ cells }) => cells.some((cell) => cell !== ''));
}

/** The delimiter that occurs most often in a line; a comma when none does. */
export function delimiterOf(line: string): Delimiter {
  const count = (delimiter: string) => line.split(delimiter).length;
  const candidates: Delimiter[] = [',', ';', '\t'];
  return candidates.reduce((best, next) => (count(next) > count(best) ? next : best));
}
