import { shell } from 'electron';

/** The only door to other programs: a page of the web opens in the browser, and nothing else opens anywhere. */
export function openExternal(url: string): void {
  const protocol = URL.parse(url)?.protocol;
  if (protocol === 'https:' || protocol === 'http:') void shell.openExternal(url).catch(() => undefined);
}
