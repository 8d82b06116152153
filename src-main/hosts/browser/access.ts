import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { writeFileAtomically } from '../../foundation/files.ts';
import { keepPrivate } from '../../foundation/privateFolders.ts';

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);
const secretForm = /^[\w-]{43}$/;

/**
 * The secret of a data folder, from which the window's path and cookie are derived, so that a window can reconnect after
 * the program is restarted. It never leaves the program.
 *
 * @throws WorkbenchError `write-failed`, `disk-full`
 */
export function browserSecret(home: string): string {
  const path = join(home, 'browser-secret');
  const kept = readIfThere(path)?.trim();
  if (kept !== undefined && secretForm.test(kept)) return kept;
  const secret = randomBytes(32).toString('base64url');
  keepPrivate(home);
  writeFileAtomically(path, `${secret}\n`);
  // Of earlier versions, whose cookie was the token itself and reached every server of this machine.
  rmSync(join(home, 'browser-token'), { force: true });
  return secret;
}

/**
 * Who may use the window. Browsers send a cookie to every port of a host, also to the servers of other people on the same
 * machine. So the cookie belongs to a path that only the admitted browser knows, and is not the address's token. Path and
 * name differ between data folders, so that two servers behind tunnels of one name do not lock each other out.
 */
export class BrowserAccess {
  /** The path of the window, with a slash at both ends. */
  readonly path: string;
  readonly #cookie: { name: string; value: string };
  #invitation = newInvitation();

  constructor(secret: string) {
    const derived = (use: string) =>
      createHmac('sha256', secret).update(use).digest('base64url').slice(0, 32);
    this.path = `/${derived('path')}/`;
    this.#cookie = { name: `vgg-workbench-${derived('name').slice(0, 8)}`, value: derived('cookie') };
  }

  /** The path that admits one browser, once. */
  get invitation(): string {
    return `${this.path}?token=${this.#invitation}`;
  }

  /** Whether the token is that of the {@link invitation}, which is then replaced by a new one. */
  accepts(token: string | null): boolean {
    if (token === null || !sameText(token, this.#invitation)) return false;
    this.#invitation = newInvitation();
    return true;
  }

  /** For an admitted browser. No script can read it, and no request from another site carries it. */
  get setCookie(): string {
    const { name, value } = this.#cookie;
    return `${name}=${value}; HttpOnly; SameSite=Strict; Path=${this.path}`;
  }

  /** Whether a request carries the cookie. */
  admits({ headers }: IncomingMessage): boolean {
    const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim().split('='));
    const given = cookies.find(([name]) => name === this.#cookie.name)?.[1];
    return given !== undefined && sameText(given, this.#cookie.value);
  }
}

/** Whether a request names this machine. Another name would be a foreign page's that resolves here (DNS rebinding). */
export function fromLoopback({ headers }: IncomingMessage): boolean {
  return headers.host !== undefined && loopbackNames.has(headers.host.replace(/:\d+$/, ''));
}

/** Whether a request comes from a page of this address, as a WebSocket must; in a tunnel the port is the tunnel's. */
export function sameOrigin({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined && headers.origin === `http://${headers.host ?? ''}`;
}

function newInvitation(): string {
  return randomBytes(24).toString('base64url');
}

function sameText(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
