import { type Parse, createParser } from '../../../dev/bicep/parser.ts';
import { readProject } from '../../../dev/bicep/project.ts';
import { type CodeFacts, readCodeFacts } from './code-facts.ts';
import { type Infrastructure, readInfrastructure } from './infrastructure.ts';
import { readProjectFiles } from './project-files.ts';
import { publishedTypes } from './resource-types.ts';

/** What may be changed in memory before it is checked. */
export interface Sources {
  readonly texts: ReadonlyMap<string, string>;
  readonly code: CodeFacts;
}

/** The project's files and code, and how to read what was changed of them. */
export async function readAll(): Promise<{
  readonly sources: Sources;
  readonly read: (sources: Sources) => Infrastructure;
}> {
  const parse = remembering(await createParser());
  const sources = { texts: readProjectFiles(), code: await readCodeFacts() };
  const types = publishedTypes(readProject(parse, sources.texts));
  return {
    sources,
    read: ({ texts, code }) => readInfrastructure(parse, texts, { code, types }),
  };
}

/** Parses each text once: of a project with one mistake, most files are as they were. */
function remembering(parse: Parse): Parse {
  const roots = new Map<string, ReturnType<Parse>>();
  return (text) => {
    const root = roots.get(text) ?? parse(text);
    roots.set(text, root);
    return root;
  };
}
