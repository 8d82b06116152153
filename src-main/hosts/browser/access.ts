import { randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { dirname } from 'node:path';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);
const tokenForm = /^[\w-]{43}$/;

/**
 * The token that gives access to a workbench on loopback. It is kept in the data folder, so that a window can reconnect
 * after the program is restarted.
 */
export function accessToken(path: string): string {
  if (existsSync(path)) {
    const kept = readFileSync(path, 'utf8').trim();
    if (tokenForm.test(kept)) return kept;
  }
  const token = randomBytes(32).toString('base64url');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${token}\n`, { mode: 0o600 });
  return token;
}

/** The cookie's name contains the port, because browsers share cookies between ports. */
export function cookieName(port: number): string {
  return `vgg-workbench-${port}`;
}

/** Whether a request names this machine. Another name would be a foreign page's that resolves here (DNS rebinding). */
export function fromLoopback({ headers }: IncomingMessage): boolean {
  return headers.host !== undefined && loopbackNames.has(headers.host.replace(/:\d+$/, ''));
}

/** Whether a request comes from a page of this address, as a WebSocket must; in a tunnel the port is the tunnel's. */
export function sameOrigin({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined && headers.origin === `http://${headers.host ?? ''}`;
}

export function hasToken({ headers }: IncomingMessage, port: number, token: string): boolean {
  const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim().split('='));
  const given = cookies.find(([name]) => name === cookieName(port))?.[1];
  return given !== undefined && sameText(given, token);
}

export function sameText(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
