import { existsSync, truncateSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { WorkbenchError } from '../../foundation/errors.ts';
import { bytesOf, fileError } from '../../foundation/files.ts';
import type { FetchableSet } from './catalogue.ts';
import { millisecondsOfSilence, requestFile, RequestError } from './requestFile.ts';

export interface DownloadOptions {
  onProgress?: ((doneBytes: number) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Before the second try; twice as long before each further one. */
  pauseMs?: number | undefined;
  silenceMs?: number | undefined;
}

/** Tries in a row that bring no byte. */
const mostIdleTries = 5;

/**
 * Brings an archive to a path, from where an earlier download of it ended. A connection that is cut is taken up again.
 *
 * @throws WorkbenchError `fetch-failed`, `disk-full`, `write-failed`; the signal's reason
 */
export async function download(
  set: FetchableSet,
  path: string,
  options: DownloadOptions = {},
): Promise<void> {
  const reasons: string[] = [];
  for (const address of set.addresses) {
    try {
      await downloadFrom(address, set, path, options);
      return;
    } catch (error) {
      if (!(error instanceof RequestError)) throw fileError(error, path);
      reasons.push(`${address}: ${error.message}`);
    }
  }
  throw new WorkbenchError(
    'fetch-failed',
    `${set.file} could not be fetched. ${reasons.join('; ')}.`,
    'Check the network, and the variables HTTPS_PROXY and NO_PROXY where a proxy is needed; then try again: what has come stays.',
    { kind: 'failure' },
  );
}

async function downloadFrom(
  address: string,
  set: FetchableSet,
  path: string,
  options: DownloadOptions,
): Promise<void> {
  const { signal, pauseMs = 1_000 } = options;
  let idleTries = 0;
  for (let have = bytesOf(path); have !== set.bytes; have = bytesOf(path)) {
    try {
      await takeRest(address, set, { path, have, options });
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof RequestError) || !error.isPassing) throw error;
      idleTries = bytesOf(path) > have ? 0 : idleTries + 1;
      if (idleTries === mostIdleTries) throw error;
      await pause(pauseMs * 2 ** idleTries, undefined, signal && { signal });
    }
  }
}

/** Appends what the server gives. Its file of another size than the archive's is another file. */
async function takeRest(
  address: string,
  set: FetchableSet,
  { path, have, options }: { path: string; have: number; options: DownloadOptions },
): Promise<void> {
  const { signal, onProgress, silenceMs = millisecondsOfSilence } = options;
  const from = have < set.bytes ? have : 0;
  const response = await requestFile(address, from, { signal, silenceMs });
  const begin = placeOf(response, from);
  if (begin === undefined) {
    response.destroy();
    // The rest is not to be had: what is there cannot be of this file.
    if (existsSync(path)) truncateSync(path);
    throw new RequestError('the server does not continue the file', true);
  }
  const total = begin + Number(response.headers['content-length'] ?? set.bytes - begin);
  if (total !== set.bytes) {
    response.destroy();
    throw new RequestError(`its file has ${total} bytes, not ${set.bytes}`, false);
  }
  await append(response, path, { begin, onProgress, most: set.bytes });
}

/** Where in the file the answer begins; undefined if it does not fit what was asked. */
function placeOf({ statusCode, headers }: IncomingMessage, from: number): number | undefined {
  if (statusCode === 200) return 0;
  const range = /^bytes (\d+)-/.exec(headers['content-range'] ?? '');
  return statusCode === 206 && Number(range?.[1]) === from ? from : undefined;
}

async function append(
  response: IncomingMessage,
  path: string,
  { begin, onProgress, most }: { begin: number; onProgress: DownloadOptions['onProgress']; most: number },
): Promise<void> {
  const file = await open(path, begin === 0 ? 'w' : 'a');
  let done = begin;
  try {
    for await (const chunk of received(response)) {
      done += chunk.length;
      if (done > most) throw new RequestError('the server sends more than the file has', false);
      await file.writeFile(chunk);
      onProgress?.(done);
    }
  } finally {
    await file.close();
  }
}

/** The chunks of an answer; a cut connection is a RequestError, an error of the disk is not. */
async function* received(response: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new RequestError('the connection was cut', true, { cause: error });
  }
  if (!response.complete) throw new RequestError('the connection was cut', true);
}
