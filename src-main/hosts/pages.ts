import { existsSync, statSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** The headers of every page, in every host. Nothing from elsewhere is loaded, and no other page may embed this one. */
export const pageHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** The file behind a path of the built window; undefined if there is none within the folder. */
export function findPage(folder: string, pathname: string): { path: string; type: string } | undefined {
  const path = join(folder, pathname === '/' ? 'index.html' : decoded(pathname));
  if (!path.startsWith(folder + sep) || !existsSync(path) || !statSync(path).isFile()) return undefined;
  return { path, type: types[extname(path)] ?? 'application/octet-stream' };
}

/** Decodes a path; an invalid escape finds no file. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '\0';
  }
}
