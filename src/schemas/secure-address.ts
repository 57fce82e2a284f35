/** Whether a text is an https address, with nothing in it that is no part of an address's place. */
export function isPlainHttps(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.hostname === '') return false;
  return url.username === '' && url.password === '' && url.hash === '';
}
