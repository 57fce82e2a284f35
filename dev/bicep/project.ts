import { posix } from 'node:path';
import { BicepError, type Finding } from './finding.ts';
import { type Parse, findSyntaxErrors } from './parser.ts';
import { readFile } from './read-file.ts';
import type { BicepFile } from './syntax.ts';

/** All files of a project that belong to its infrastructure, parsed where they are Bicep. */
export interface BicepProject {
  /** Texts by path, relative to the project. */
  readonly texts: ReadonlyMap<string, string>;
  readonly bicep: ReadonlyMap<string, BicepFile>;
  /** Files that could not be read, and why. */
  readonly findings: readonly Finding[];
}

/** Parses every file whose name ends in `.bicep`. */
export function readProject(parse: Parse, texts: ReadonlyMap<string, string>): BicepProject {
  const bicep = new Map<string, BicepFile>();
  const findings: Finding[] = [];
  for (const [path, text] of texts) {
    if (!path.endsWith('.bicep')) continue;
    const root = parse(text);
    const errors = findSyntaxErrors(path, root);
    findings.push(...errors);
    if (errors.length > 0) continue;
    try {
      bicep.set(path, readFile(path, root));
    } catch (error) {
      if (!(error instanceof BicepError)) throw error;
      findings.push({ where: error.where, problem: error.message });
    }
  }
  return { texts, bicep, findings };
}

/** The path of the file that a module names, relative to the project. */
export function modulePath(from: string, of: string): string {
  return posix.join(posix.dirname(from), of);
}
