/**
 * A test for names against a pattern in which `*` stands for any text or none and everything else
 * for itself. A name matches as a whole, spelled exactly so.
 *
 * It is no regular expression, because a pattern comes from a request and must not be able to make
 * one backtrack: the time is at most the length of the name times that of the pattern.
 */
export function namePattern(pattern: string): (name: string) => boolean {
  const [prefix = '', ...rest] = pattern.split('*');
  const suffix = rest.pop();
  if (suffix === undefined) return (name) => name === prefix;
  const inner = rest.filter((part) => part !== '');
  const minLength = prefix.length + suffix.length;
  return (name) => {
    if (name.length < minLength || !name.startsWith(prefix) || !name.endsWith(suffix)) return false;
    const end = name.length - suffix.length;
    let from = prefix.length;
    for (const part of inner) {
      // The earliest place leaves the most room for the parts after it, so no other need be tried.
      const at = name.indexOf(part, from);
      if (at < 0 || at + part.length > end) return false;
      from = at + part.length;
    }
    return true;
  };
}
