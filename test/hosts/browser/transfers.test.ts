import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserSecret, BrowserAccess } from '../../../src-main/hosts/browser/access.ts';
import { serveBrowser, type BrowserServer } from '../../../src-main/hosts/browser/server.ts';
import { Uploads } from '../../../src-main/hosts/browser/Uploads.ts';
import { builtPages } from '../../../src-main/hosts/browser/WindowPages.ts';
import { forkTrainer } from '../../../src-main/hosts/forkTrainer.ts';
import { plainHost } from '../../../src-main/workbench/Host.ts';
import { Workbench } from '../../../src-main/workbench/Workbench.ts';
import { until } from '../../support/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'vgg-transfers-'));
const door = new BrowserAccess(browserSecret(folder));
const workbench = new Workbench({ home: folder, startTrainer: forkTrainer, host: plainHost('browser') });
const [cookie = ''] = door.setCookie.split(';');
let server: BrowserServer;
let port: number;

beforeAll(async () => {
  mkdirSync(join(folder, 'pages'));
  server = await serveBrowser({ workbench, door, pages: builtPages(join(folder, 'pages')), port: 0 });
  port = Number(new URL(server.address).port);
});

afterAll(async () => {
  await workbench.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const allowed = () => ({ cookie, origin: `http://127.0.0.1:${port}` });

function asking(method: string, path: string, headers: Record<string, string | number>) {
  return request({ host: '127.0.0.1', port, path: door.path + path, method, headers });
}

async function textOf(sent: ReturnType<typeof request>): Promise<{ answer: IncomingMessage; text: string }> {
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const part of answer) text += String(part);
  return { answer, text };
}

const query = (what: string, name: string) => `upload?${new URLSearchParams({ what, name }).toString()}`;

async function sendFile(
  what: string,
  name: string,
  content: string,
  headers: Record<string, string> = allowed(),
) {
  const sent = asking('POST', query(what, name), headers);
  sent.end(content);
  const { answer, text } = await textOf(sent);
  return { status: answer.statusCode, text, json: () => JSON.parse(text) as Record<string, string> };
}

/** All files below `uploads/`. */
const uploaded = () =>
  existsSync(join(folder, 'uploads'))
    ? readdirSync(join(folder, 'uploads'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        /\.\w+$/.test(name),
      )
    : [];

describe('a file that a browser sends', () => {
  it('lies in the data folder under its own name', async () => {
    const { status, json } = await sendFile('weights', 'café 16.pth', 'weights');
    expect(status).toBe(200);
    const path = json().path ?? '';
    expect(basename(path)).toBe('café 16.pth');
    expect(dirname(dirname(path))).toBe(join(folder, 'uploads', 'weights'));
    expect(readFileSync(path, 'utf8')).toBe('weights');
  });

  it.each(['../../escape.zip', '/tmp/escape.zip', '..\\escape.zip', `${'x'.repeat(4000)}.zip`])(
    'stays in its own folder, whatever it is called: %.40s',
    async (name) => {
      const path = (await sendFile('archive', name, 'x')).json().path ?? '';
      expect(dirname(dirname(path))).toBe(join(folder, 'uploads', 'archive'));
      expect(existsSync(path)).toBe(true);
      expect(existsSync(join(folder, 'escape.zip'))).toBe(false);
    },
  );

  it('is taken from the window alone', async () => {
    const { cookie: own, origin } = allowed();
    const before = uploaded();
    const others: Record<string, string>[] = [
      {},
      { cookie: own },
      { origin },
      { cookie: own, origin: 'http://evil.example' },
      { cookie: own, origin: 'http://127.0.0.1:1' },
    ];
    for (const headers of others) expect((await sendFile('image', 'x.png', 'x', headers)).status).toBe(403);
    const rebound = { cookie: own, origin: 'http://evil.example', host: 'evil.example' };
    expect((await sendFile('image', 'x.png', 'x', rebound)).status).toBe(421);
    expect(uploaded()).toEqual(before);
  });

  it.each([
    ['image', 'net.pth', 'upload-refused'],
    ['program', 'x.sh', 'upload-refused'],
    ['yaml', '.profile', 'upload-refused'],
  ])('is refused as %s if it is called %s', async (what, name, code) => {
    const { status, json } = await sendFile(what, name, 'x');
    expect([status, json().code]).toEqual([400, code]);
  });

  it('is refused at once if it says that it is too large, and while it comes if it does not say', async () => {
    const before = uploaded();
    const declared = asking('POST', query('yaml', 'big.yaml'), { ...allowed(), 'content-length': 2_000_000 });
    declared.on('error', () => undefined);
    declared.write('x');
    expect((await textOf(declared)).text).toContain('upload-too-large');
    declared.destroy();
    const uploads = new Uploads(folder);
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(100_000);
      })(),
    );
    await expect(
      uploads.take({ what: 'yaml', name: 'endless.yaml', bytes: null }, endless),
    ).rejects.toMatchObject({ code: 'upload-too-large' });
    expect(uploaded()).toEqual(before);
  });

  it('is refused where the disk has no room for it', async () => {
    const uploads = new Uploads(folder, () => 1e9);
    const taken = (bytes: number) =>
      uploads.take({ what: 'archive', name: 'all.zip', bytes }, Readable.from(['x']));
    await expect(taken(600e6)).rejects.toMatchObject({ code: 'disk-full' });
    expect(await taken(400e6)).toContain('all.zip');
    uploads.close();
  });

  it('leaves nothing where the connection breaks', async () => {
    const before = uploaded();
    const sent = asking('POST', query('weights', 'half.pth'), { ...allowed(), 'content-length': 1_000_000 });
    sent.on('error', () => undefined);
    sent.write(Buffer.alloc(1000));
    await until(() => uploaded().some((name) => name.endsWith('half.pth.part')));
    sent.destroy();
    await until(() => !uploaded().some((name) => name.includes('half')));
    expect(uploaded()).toEqual(before);
  });

  it('is gone when the server ends, unless it is weights', async () => {
    const uploads = new Uploads(folder);
    const take = (what: 'image' | 'weights', name: string) =>
      uploads.take({ what, name, bytes: 1 }, Readable.from(['x']));
    const [image, weights] = [await take('image', 'a.png'), await take('weights', 'a.pth')];
    uploads.close();
    expect([existsSync(image), existsSync(weights)]).toEqual([false, true]);
  });
});

describe('a file that a browser fetches', () => {
  const offered = () =>
    workbench.downloads.offer('Rün "1".zip', (path) => {
      writeFileSync(path, 'content');
      return Promise.resolve();
    });

  it('comes with its name and length, once', async () => {
    const { id, path } = await offered();
    const { answer, text } = await textOf(asking('GET', `download/${id}`, { cookie }).end());
    expect([answer.statusCode, text]).toEqual([200, 'content']);
    expect(answer.headers).toMatchObject({
      'content-length': '7',
      'content-disposition': `attachment; filename="R_n__1_.zip"; filename*=UTF-8''R%C3%BCn%20_1_.zip`,
      'cache-control': 'no-store',
    });
    await until(() => !existsSync(path));
    expect((await textOf(asking('GET', `download/${id}`, { cookie }).end())).answer.statusCode).toBe(404);
  });

  it('is for the admitted browser alone', async () => {
    const { id, path } = await offered();
    expect((await textOf(asking('GET', `download/${id}`, {}).end())).answer.statusCode).toBe(403);
    expect(existsSync(path)).toBe(true);
    workbench.downloads.remove(id);
  });

  it('is not there if writing it failed', async () => {
    await expect(workbench.downloads.offer('x.zip', () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
    expect(readdirSync(join(folder, 'downloads'))).toEqual([]);
  });
});
