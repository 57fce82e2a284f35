/**
 * Whether an address is https on this machine. Only such a one can stand in for Microsoft Graph:
 * whatever is sent there carries a token.
 */
export function isLoopbackHttps(text: string): boolean {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:') return false;
  return (
    url.hostname === 'localhost' ||
    url.hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(url.hostname)
  );
}
