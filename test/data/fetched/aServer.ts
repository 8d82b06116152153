import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server of this machine that answers each request by the next answer, and the last again and again. */
export async function aServer(...answers: Answer[]) {
  const ranges: (string | undefined)[] = [];
  const paths: string[] = [];
  const server = http.createServer((request, response) => {
    ranges.push(request.headers.range);
    paths.push(request.url ?? '');
    (answers.length > 1 ? answers.shift() : answers[0])?.(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, ranges, paths };
}

/** Gives the file, or the rest of it that is asked for. */
export function whole(content: Uint8Array): Answer {
  return ({ headers: { range } }, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const rest = content.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': rest.length,
      ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
    });
    response.end(rest);
  };
}

/** Gives so many bytes of what is asked for, and then nothing; `cut` ends the connection. */
export function begun(bytes: number, content: Uint8Array): { answer: Answer; cut: () => void } {
  let given: ServerResponse | undefined;
  const answer: Answer = ({ headers: { range } }, response) => {
    given = response;
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, {
      'content-length': content.length - from,
      ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
    });
    response.write(content.subarray(from, from + bytes));
  };
  return { answer, cut: () => given?.destroy() };
}

export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(code, headers).end();
  };
}

/** Accepts the request and says nothing. */
export const silent: Answer = () => undefined;
