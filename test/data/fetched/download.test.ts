import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { download } from '../../../src-main/data/fetched/download.ts';
import { generator } from '../../support/randomBytes.ts';
import { temporaryFolder } from '../imageFiles.ts';
import { aSet } from './aSet.ts';
import { aServer, begun, silent, status, whole, type Answer } from './aServer.ts';

const bytes = (count: number, seed = 1) => {
  const next = generator(seed);
  return Buffer.from(Array.from({ length: count }, () => Math.floor(256 * next())));
};
const content = bytes(200_000);
const quick = { pauseMs: 0 };

async function prepared(...answers: Answer[]) {
  const server = await aServer(...answers);
  const path = join(temporaryFolder(), 'archive.part');
  return { ...server, path, set: aSet(content, { addresses: [`${server.address}/a.tgz`] }) };
}

const isWhole = (path: string) =>
  createHash('sha256').update(readFileSync(path)).digest('hex') === aSet(content).checksum.value;

describe('a download', () => {
  it('brings the file, and says how far it is', async () => {
    const { set, path } = await prepared(whole(content));
    const onProgress = vi.fn();
    await download(set, path, { onProgress });
    expect(isWhole(path)).toBe(true);
    expect(onProgress).toHaveBeenLastCalledWith(200_000);
  });

  it('goes on where an earlier one ended', async () => {
    const { set, path, ranges } = await prepared(whole(content));
    writeFileSync(path, content.subarray(0, 70_000));
    await download(set, path);
    expect(ranges).toEqual(['bytes=70000-']);
    expect(isWhole(path)).toBe(true);
  });

  it('asks for nothing when all is there', async () => {
    const { set, path, ranges } = await prepared(whole(content));
    writeFileSync(path, content);
    await download(set, path);
    expect(ranges).toEqual([]);
  });

  it('is taken up again as often as the connection is cut, while anything comes', async () => {
    const { answer, cut } = begun(20_000, content);
    const { set, path, ranges } = await prepared(...Array.from({ length: 8 }, () => answer), whole(content));
    const onProgress = (done: number) => {
      if (done % 20_000 === 0) cut();
    };
    await download(set, path, { ...quick, onProgress });
    expect(isWhole(path)).toBe(true);
    expect(ranges[1]).toBe('bytes=20000-');
    expect(ranges).toHaveLength(9);
  });

  it('begins anew where the server gives the whole file again', async () => {
    const { set, path } = await prepared((request, response) => {
      delete request.headers.range;
      whole(content)(request, response);
    });
    writeFileSync(path, bytes(70_000, 2));
    await download(set, path);
    expect(isWhole(path)).toBe(true);
  });

  it.each([
    ['a rest from elsewhere', status(206, { 'content-range': 'bytes 5-9/200000' })],
    ['no such rest', status(416)],
  ])('begins anew where the server gives %s', async (_, answer) => {
    const { set, path, ranges } = await prepared(answer, whole(content));
    writeFileSync(path, content.subarray(0, 70_000));
    await download(set, path, quick);
    expect(ranges).toEqual(['bytes=70000-', undefined]);
    expect(isWhole(path)).toBe(true);
  });

  it('begins anew where more is there than the file has', async () => {
    const { set, path, ranges } = await prepared(whole(content));
    writeFileSync(path, bytes(300_000, 2));
    await download(set, path);
    expect(ranges).toEqual([undefined]);
    expect(isWhole(path)).toBe(true);
  });

  it('follows redirects', async () => {
    const { set, path, paths } = await prepared(status(302, { location: '/elsewhere.tgz' }), whole(content));
    await download(set, path);
    expect(paths).toEqual(['/a.tgz', '/elsewhere.tgz']);
    expect(isWhole(path)).toBe(true);
  });

  it('waits for a server that is overloaded, and takes up one that falls silent', async () => {
    const { set, path, ranges } = await prepared(status(503), silent, whole(content));
    await download(set, path, { ...quick, silenceMs: 50 });
    expect(ranges).toHaveLength(3);
    expect(isWhole(path)).toBe(true);
  });

  it('takes the next address where one fails', async () => {
    const { set, path, address } = await prepared(status(404), whole(content));
    await download({ ...set, addresses: [`${address}/gone`, `${address}/there`] }, path);
    expect(isWhole(path)).toBe(true);
  });
});

describe('a download fails', () => {
  it.each<[string, Answer, string]>([
    ['the file is not there', status(404), 'answers 404'],
    ['the server never recovers', status(500), 'answers 500'],
    ['redirects go round', status(302, { location: '/a.tgz' }), 'redirects too often'],
    ['a redirect leads elsewhere', status(302, { location: 'file:///etc/passwd' }), 'not followed'],
    [
      'the file has another size',
      whole(content.subarray(0, 199_999)),
      'its file has 199999 bytes, not 200000',
    ],
    ['every connection is cut at once', (_, response) => response.destroy(), 'cannot be reached'],
  ])('when %s', async (_, answer, reason) => {
    const { set, path } = await prepared(answer);
    await expect(download(set, path, quick)).rejects.toMatchObject({
      code: 'fetch-failed',
      message: expect.stringContaining(reason) as string,
    });
  });

  it('when more comes than the file has', async () => {
    const { set, path } = await prepared((_, response) => {
      response.writeHead(200).end(Buffer.concat([content, content]));
    });
    await expect(download(set, path, quick)).rejects.toMatchObject({
      message: expect.stringContaining('more than the file has') as string,
    });
  });

  it('when nobody listens', async () => {
    const { set, path } = await prepared(silent);
    const nobody = { ...set, addresses: ['http://127.0.0.1:9/a.tgz'] };
    await expect(download(nobody, path, quick)).rejects.toMatchObject({ code: 'fetch-failed' });
  });

  it('when it is stopped, and keeps what has come', async () => {
    const { set, path } = await prepared((_, response) => {
      response.writeHead(200, { 'content-length': content.length }).write(content.subarray(0, 50_000));
    });
    const stop = new AbortController();
    const reason = new Error('stopped');
    const onProgress = (done: number) => {
      if (done === 50_000) stop.abort(reason);
    };
    await expect(download(set, path, { onProgress, signal: stop.signal })).rejects.toBe(reason);
    expect(readFileSync(path)).toEqual(Buffer.from(content.subarray(0, 50_000)));
  });

  it('before it begins, when it was stopped before', async () => {
    const { set, path, ranges } = await prepared(whole(content));
    await expect(download(set, path, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    expect(ranges).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });
});

describe('a proxy', () => {
  it('is used where the environment names one, and not for what it excepts', async () => {
    const { set, path, ranges } = await prepared(whole(content));
    const proxy = await aServer(whole(content));
    vi.stubEnv('HTTP_PROXY', proxy.address);
    vi.stubEnv('NO_PROXY', '');
    await download({ ...set, addresses: ['http://datasets.example/a.tgz'] }, path);
    expect(proxy.paths).toEqual(['http://datasets.example/a.tgz']);
    expect(isWhole(path)).toBe(true);
    vi.stubEnv('NO_PROXY', '127.0.0.1');
    await download(set, `${path}.2`);
    expect(ranges).toEqual([undefined]);
    vi.unstubAllEnvs();
  });

  it('is asked for a tunnel to a secure address, and its refusal is reported', async () => {
    const { set, path } = await prepared(silent);
    const proxy = await aServer(silent);
    vi.stubEnv('HTTPS_PROXY', proxy.address);
    vi.stubEnv('NO_PROXY', '');
    // A server without a handler of CONNECT closes the connection.
    const secure = { ...set, addresses: ['https://datasets.example/a.tgz'] };
    await expect(download(secure, path, quick)).rejects.toMatchObject({
      message: expect.stringContaining('datasets.example cannot be reached') as string,
    });
    vi.unstubAllEnvs();
  });
});
