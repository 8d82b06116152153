import { shell } from 'electron';

/** The only way to other programs: web pages open in the browser, and nothing else is opened. */
export function openExternal(url: string): void {
  const protocol = URL.parse(url)?.protocol;
  if (protocol === 'https:' || protocol === 'http:') void shell.openExternal(url).catch(() => undefined);
}
