import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { browserSecret, BrowserAccess } from '../../../src-main/hosts/browser/access.ts';
import { serveBrowser, type BrowserServer } from '../../../src-main/hosts/browser/server.ts';
import { builtPages } from '../../../src-main/hosts/browser/WindowPages.ts';
import { forkTrainer } from '../../../src-main/hosts/forkTrainer.ts';
import type { contract } from '../../../src-main/workbench/contract.ts';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { Workbench } from '../../../src-main/workbench/Workbench.ts';

const folder = mkdtempSync(join(tmpdir(), 'vgg-browser-'));
const pages = join(folder, 'pages');
// What an earlier version left, whose token had reached other servers of the machine.
writeFileSync(join(folder, 'browser-token'), 'x'.repeat(43));
const secret = browserSecret(folder);
const door = new BrowserAccess(secret);
const workbench = new Workbench({ home: folder, startTrainer: forkTrainer, host: plainHost('browser') });
let server: BrowserServer;
let port: number;

beforeAll(async () => {
  mkdirSync(pages);
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>The window</title>');
  server = await serveBrowser({ workbench, door, pages: builtPages(pages), port: 0 });
  port = Number(new URL(server.address).port);
});

afterAll(async () => {
  await workbench.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const [ownCookie = ''] = door.setCookie.split(';');
const cookie = () => `other=1; ${ownCookie}`;
/** A path of the window. */
const at = (path: string) => door.path.slice(0, -1) + path;

/** Asks as any program could, whatever headers a browser would forbid. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
    (resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('end', () => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
        });
      });
      sent.on('error', reject).end();
    },
  );
}

describe('pages', () => {
  it('are for whoever opened the address, and for nobody else', async () => {
    expect((await get('/')).status).toBe(403);
    expect((await get(at('/'))).status).toBe(403);
    expect((await get(`/?token=${'x'.repeat(32)}`)).status).toBe(403);
    // With the cookie, but not below its path.
    expect((await get('/', { cookie: cookie() })).status).toBe(403);
    expect((await get('/index.html', { cookie: cookie() })).status).toBe(403);
    const address = new URL(server.address);
    const admitted = await get(address.pathname + address.search);
    expect(admitted).toMatchObject({ status: 303, headers: { location: door.path } });
    expect(admitted.headers['set-cookie']).toEqual([door.setCookie]);
    expect(await get(at('/'), { cookie: cookie() })).toMatchObject({
      status: 200,
      text: expect.stringContaining('The window') as string,
    });
  });

  it('are opened once by an address; the next browser gets another', async () => {
    const { pathname, search } = new URL(server.address);
    expect((await get(pathname + search)).status).toBe(303);
    expect((await get(pathname + search)).status).toBe(403);
    // The same browser opens it again, from its history.
    expect((await get(pathname + search, { cookie: cookie() })).status).toBe(303);
    const next = new URL(server.address);
    expect(next.search).not.toBe(search);
    expect((await get(next.pathname + next.search)).status).toBe(303);
  });

  it('are kept by no cache', async () => {
    expect((await get(at('/'), { cookie: cookie() })).headers['cache-control']).toBe('no-store');
    const { pathname, search } = new URL(server.address);
    expect((await get(pathname + search)).headers['cache-control']).toBe('no-store');
  });

  it('come with a policy that lets in nothing from elsewhere', async () => {
    const { headers } = await get(at('/'), { cookie: cookie() });
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('do not answer to another name of this machine (DNS rebinding)', async () => {
    expect((await get(at('/'), { cookie: cookie(), host: 'evil.example' })).status).toBe(421);
    expect((await get(at('/'), { cookie: cookie(), host: `evil.example:${port}` })).status).toBe(421);
    // Through a tunnel the port is another.
    expect((await get(at('/'), { cookie: cookie(), host: 'localhost:9999' })).status).toBe(200);
  });

  it.each(['/..%2fbrowser-secret', '/%2e%2e%2fbrowser-secret', '/%', '/nothing', '/browser-secret'])(
    'are only those of the window: not %s',
    async (path) => {
      expect((await get(at(path), { cookie: cookie() })).status).toBe(404);
    },
  );

  it('are not outside their path', async () => {
    expect((await get(at('/../browser-secret'), { cookie: cookie() })).status).toBe(403);
    expect((await get(at('/%2e%2e/browser-secret'), { cookie: cookie() })).status).toBe(403);
  });

  it('are not there where the address is none, and the next is answered', async () => {
    expect((await get('//')).status).toBe(400);
    expect((await get(at('/'), { cookie: cookie() })).status).toBe(200);
  });

  it('take no other methods', async () => {
    expect((await get(at('/'), { cookie: cookie() }, 'POST')).status).toBe(405);
  });
});

describe('the cookie', () => {
  /** The cookies that a browser sends with a request, by the rules of RFC 6265: the port plays no part in them. */
  function sent(setCookies: readonly string[], path: string): string[] {
    return setCookies
      .filter((cookie) => path.startsWith(/; Path=([^;]+)/.exec(cookie)?.[1] ?? '/'))
      .map((cookie) => cookie.split(';')[0] ?? '');
  }

  it('reaches no other server of the machine, since nobody else knows its path', () => {
    expect(door.setCookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/[\w-]{32}\/$/);
    for (const path of ['/', '/api', '/anything/below']) expect(sent([door.setCookie], path)).toEqual([]);
    expect(sent([door.setCookie], at('/api'))).toEqual([ownCookie]);
    // Neither the cookie nor the path gives the address, the secret or one another.
    for (const part of [secret, door.invitation.split('=')[1] ?? '', door.path.slice(1, -1)]) {
      expect(ownCookie).not.toContain(part);
    }
  });

  it('of one server is not that of another, so that two behind tunnels do not lock each other out', () => {
    const other = new BrowserAccess(browserSecret(join(folder, 'other')));
    const both = [door.setCookie, other.setCookie];
    expect(sent(both, door.path)).toEqual([ownCookie]);
    expect(sent(both, other.path)).toEqual([other.setCookie.split(';')[0]]);
    expect(other.setCookie.split('=')[0]).not.toBe(door.setCookie.split('=')[0]);
  });
});

describe('the secret', () => {
  it('stays the same when the program starts again, and is for the owner alone', () => {
    expect(browserSecret(folder)).toBe(secret);
    if (process.platform !== 'win32') {
      expect(statSync(join(folder, 'browser-secret')).mode & 0o777).toBe(0o600);
    }
  });

  it('is a new one: what an earlier version used may be known to others', () => {
    expect(secret).not.toContain('xxx');
    expect(existsSync(join(folder, 'browser-token'))).toBe(false);
  });
});

/** Whether a socket could be opened. */
function opens(path: string, headers: Record<string, string>): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
    socket.on('open', () => {
      resolve(true);
      socket.close();
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}

describe('the socket', () => {
  const origin = () => `http://127.0.0.1:${port}`;

  it('opens for the window alone', async () => {
    expect(await opens(at('/api'), { cookie: cookie(), origin: origin() })).toBe(true);
    expect(await opens(at('/'), { cookie: cookie(), origin: origin() })).toBe(false);
    expect(await opens('/api', { cookie: cookie(), origin: origin() })).toBe(false);
    expect(await opens(at('/api'), { origin: origin() })).toBe(false);
    expect(await opens(at('/api'), { cookie: cookie() })).toBe(false);
    expect(await opens(at('/api'), { cookie: cookie(), origin: 'http://evil.example' })).toBe(false);
    expect(await opens(at('/api'), { cookie: cookie(), origin: 'http://127.0.0.1:1' })).toBe(false);
    expect(
      await opens(at('/api'), { cookie: cookie(), origin: 'http://evil.example', host: 'evil.example' }),
    ).toBe(false);
  });

  it('closes at a message that is too large, and the next one opens', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${at('/api')}`, {
      headers: { cookie: cookie(), origin: origin() },
    });
    const upgraded = once(socket, 'upgrade') as Promise<[IncomingMessage]>;
    await once(socket, 'open');
    // The head of a frame that tells of 64 MB and a byte. That is refused before any of it comes.
    const head = Buffer.alloc(14);
    head.writeUInt16BE(0x82ff);
    head.writeBigUInt64BE(64n * 1024n * 1024n + 1n, 2);
    (await upgraded)[0].socket.write(head);
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1009);
    expect(await opens(at('/api'), { cookie: cookie(), origin: origin() })).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['half a message', '{'],
    ['null', 'null'],
    ['no call', '{"i":"1","p":null}'],
    ['a call of no address', '{"i":"1","p":{"u":"http://[","b":3}}'],
    ['noise', Buffer.from([1, 2, 3])],
    [
      'a form without parts',
      '{"i":"1","p":{"u":"/preview","h":{"content-type":"multipart/form-data"},"b":"x"}}',
    ],
  ])('closes at %s without a word, and the next one opens', async (_, message) => {
    const logged = vi.spyOn(console, 'error');
    const socket = new WebSocket(`ws://127.0.0.1:${port}${at('/api')}`, {
      headers: { cookie: cookie(), origin: origin() },
    });
    await once(socket, 'open');
    for (let count = 0; count < 20; count++) socket.send(message);
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1002);
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
    expect(await opens(at('/api'), { cookie: cookie(), origin: origin() })).toBe(true);
  });

  it('carries calls, streams, files and errors', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${at('/api')}`, {
      headers: { cookie: cookie(), origin: origin() },
    });
    // A browser's socket gives binary messages as such.
    socket.binaryType = 'arraybuffer';
    const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
    const api: ContractRouterClient<typeof contract> = createORPCClient(link);

    expect(await api.host.facts()).toMatchObject({ kind: 'browser', home: folder });
    expect((await api.keys())[0]).toMatchObject({ key: 'network.config', default: 'D' });

    const changes = await api.runs.changes({});
    expect((await changes.next()).value).toMatchObject({ whole: true, changed: [] });
    await changes.return();

    const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#336699' } })
      .png()
      .toBuffer();
    const { id } = await api.insight.upload({ file: new Blob([Uint8Array.from(png)]) });
    const thumbnail = await api.insight.thumbnail({ image: { kind: 'upload', id }, side: 16 });
    expect(await sharp(Buffer.from(await thumbnail.arrayBuffer())).metadata()).toMatchObject({ height: 16 });

    const unknown = await api.runs.get({ id: 'nothing' }).catch((error: unknown) => error);
    expect(unknown).toBeInstanceOf(ORPCError);
    expect(unknown).toMatchObject({ data: { code: 'run-not-found', kind: 'input' } });
    const refused = await api.runs.log({ id: 'nothing', lines: -1 }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ data: { code: 'invalid-input' } });
    const events = await api.checkData({ dataset: join(folder, 'nothing') });
    const broken = await events.next().catch((error: unknown) => error);
    expect(broken).toMatchObject({ data: { code: 'dataset-not-found' } });
    socket.close();
  });
});
