/*
 * Chromium itself knows no scheme of the app. Its pages have addresses of the web there that lead nowhere, and the
 * program hears the ones it knows.
 */

const domain = '.app.invalid';

/** `app://host/path` as Chromium loads it. */
export function webAddress(url: string): string {
  const { protocol, host, pathname, search, hash } = new URL(url);
  return protocol === 'app:' ? `https://${host}${domain}${pathname}${search}${hash}` : url;
}

/** An address or an origin in Chromium as Electron would tell it. */
export function appAddress(url: string): string {
  const { protocol, host, href } = URL.parse(url) ?? {};
  if (protocol !== 'https:' || !host?.endsWith(domain)) return url;
  const path = url === `https://${host}` ? '' : (href ?? '').slice(`https://${host}`.length);
  return `app://${host.slice(0, -domain.length)}${path}`;
}
