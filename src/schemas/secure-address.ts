/** Whether a text is an https address on this machine, where the local environment is. */
export function isLoopbackHttps(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:') return false;
  return (
    url.hostname === 'localhost' ||
    url.hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(url.hostname)
  );
}

/** Whether a text is an https address, with nothing in it that is no part of an address's place. */
export function isPlainHttps(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.hostname === '') return false;
  return url.username === '' && url.password === '' && url.hash === '';
}
