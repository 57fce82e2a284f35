/** Whether rules leave a path out; paths are relative to the project, with forward slashes. */
export type IsIgnored = (path: string, isFolder: boolean) => boolean;

interface Rule {
  readonly takesBack: boolean;
  readonly forFolders: boolean;
  readonly path: RegExp;
}

/**
 * Reads rules as they are written in `.funcignore`, which are those of `.gitignore`: the last one that
 * matches decides, `!` takes a path back in, a trailing `/` means folders, and a rule with another `/`
 * counts from the project's root. What is in an ignored folder is ignored; the caller does not go there.
 */
export function readIgnoreRules(text: string): IsIgnored {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(readRule);
  return (path, isFolder) => {
    const last = rules.findLast((rule) => (isFolder || !rule.forFolders) && rule.path.test(path));
    return last !== undefined && !last.takesBack;
  };
}

function readRule(line: string): Rule {
  const takesBack = line.startsWith('!');
  const pattern = takesBack ? line.slice(1) : line;
  const forFolders = pattern.endsWith('/');
  const bare = forFolders ? pattern.slice(0, -1) : pattern;
  const fromRoot = bare.includes('/');
  const glob = toExpression(bare.replace(/^\//, ''));
  return { takesBack, forFolders, path: new RegExp(`^${fromRoot ? '' : '(.*/)?'}${glob}$`) };
}

/** `**` is anything, `*` anything but `/`, `?` one character but `/`. */
function toExpression(glob: string): string {
  return glob
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => wildcards[part] ?? part.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&'))
    .join('');
}

const wildcards: Readonly<Record<string, string>> = {
  '**/': '(.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};
