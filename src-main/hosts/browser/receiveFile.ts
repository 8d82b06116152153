import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { reportError, WorkbenchError } from '../../foundation/errors.ts';
import { uploadKinds } from '../../vocabulary/uploads.ts';
import { pageHeaders } from '../pages.ts';
import type { Uploads } from './Uploads.ts';

/** Where a window sends files, below its own path: `upload?what=weights&name=vgg16.pth`, the body is the file. */
export const uploadPath = 'upload';

const requestSchema = z.object({ what: z.enum(uploadKinds), name: z.string().min(1).max(5000) });

/** A tunnel that broke without a word leaves its sockets open. */
const millisecondsOfSilence = 10 * 60_000;

/** Time for a browser to read why it was refused while it is still sending. */
const millisecondsToRead = 5000;

/** Takes in a file of an admitted window and answers `{ path }`, or with the report of an error. */
export async function receiveFile(
  uploads: Uploads,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const asked = requestSchema.safeParse(Object.fromEntries(url.searchParams));
    if (!asked.success) throw unknownRequest();
    const declared = Number(request.headers['content-length'] ?? NaN);
    const bytes = Number.isFinite(declared) ? declared : null;
    request.setTimeout(millisecondsOfSilence, () => request.destroy());
    const path = await uploads.take({ ...asked.data, bytes }, request);
    send(response, 200, { path });
  } catch (error) {
    if (response.destroyed) return;
    send(response, 400, reportError(error));
    request.resume();
    setTimeout(() => request.destroy(), millisecondsToRead).unref();
  }
}

function send(response: ServerResponse, status: number, content: unknown): void {
  const headers = { ...pageHeaders, 'Content-Type': 'application/json', Connection: 'close' };
  response.writeHead(status, headers).end(JSON.stringify(content));
}

function unknownRequest(): WorkbenchError {
  return new WorkbenchError(
    'upload-refused',
    'It was not said what is sent, or under which name.',
    'Reload the window and send the file again.',
  );
}
