import { createReadStream } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Downloads } from '../../workbench/Downloads.ts';

/** Where a window fetches what was written for it, below its own path: `download/ID`. */
export const downloadPath = '/download/';

/** Sends a file and deletes it once all of it was taken; false if there is none, and then nothing was sent. */
export function sendDownload(downloads: Downloads, response: ServerResponse, pathname: string): boolean {
  if (!pathname.startsWith(downloadPath)) return false;
  const download = downloads.find(pathname.slice(downloadPath.length));
  if (!download) return false;
  const { id, name, path, bytes } = download;
  response.setHeader('Content-Type', 'application/octet-stream');
  response.setHeader('Content-Length', bytes);
  response.setHeader('Content-Disposition', dispositionOf(name));
  response.writeHead(200);
  // If it breaks off, the file stays for a while and can be fetched again.
  pipeline(createReadStream(path), response).then(
    () => {
      downloads.remove(id);
    },
    () => undefined,
  );
  return true;
}

/** The name in plain letters, and as it is (RFC 6266). */
function dispositionOf(name: string): string {
  const plain = name.replaceAll(/[^\w.-]/g, '_');
  const whole = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
