import type { IncomingMessage } from 'node:http';

/** A server that says nothing for so long is taken as gone. */
export const millisecondsOfSilence = 30_000;

const mostRedirects = 5;

/** What a server answered, or that it could not be reached. */
export class RequestError extends Error {
  /** Whether the same request may well succeed later. */
  readonly isPassing: boolean;

  constructor(fact: string, isPassing: boolean, options?: ErrorOptions) {
    super(fact, options);
    this.isPassing = isPassing;
  }
}

/**
 * Requests a file from a byte on, through the proxy that HTTP_PROXY, HTTPS_PROXY and NO_PROXY name, and follows
 * redirects, though never from a secure connection to an open one.
 *
 * @returns the answer with status 200 (the whole file), 206 (the rest) or 416 (no such rest)
 * @throws RequestError; the signal's reason
 */
export async function requestFile(
  address: string,
  from: number,
  { signal, silenceMs = millisecondsOfSilence }: { signal: AbortSignal | undefined; silenceMs?: number },
): Promise<IncomingMessage> {
  let at = new URL(address);
  for (let turn = 0; turn <= mostRedirects; turn++) {
    const response = await ask(at, from, { signal, silenceMs });
    const { statusCode = 0, headers } = response;
    if (statusCode === 200 || statusCode === 206 || statusCode === 416) return response;
    response.destroy();
    if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) {
      throw new RequestError(`${at.host} answers ${statusCode}`, statusCode >= 500 || statusCode === 429);
    }
    at = followed(at, headers.location);
  }
  throw new RequestError(`${at.host} redirects too often`, false);
}

function followed(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  const isWeb = to?.protocol === 'https:' || (to?.protocol === 'http:' && from.protocol === 'http:');
  if (to === undefined || !isWeb) {
    throw new RequestError(`${from.host} redirects to an address that is not followed: ${location}`, false);
  }
  return to;
}

async function ask(
  at: URL,
  from: number,
  { signal, silenceMs }: { signal: AbortSignal | undefined; silenceMs: number },
): Promise<IncomingMessage> {
  // Not before they are needed: they take a tenth of a second to load, of every command and trainer.
  const { default: http } = await (at.protocol === 'https:' ? import('node:https') : import('node:http'));
  signal?.throwIfAborted();
  const agent = new http.Agent({ proxyEnv: process.env });
  const headers = {
    'user-agent': 'vgg-workbench',
    // Bytes as they lie there: ranges of an encoded file would not fit together.
    'accept-encoding': 'identity',
    ...(from > 0 && { range: `bytes=${from}-` }),
  };
  return await new Promise((resolve, reject) => {
    const request = http.get(at, { agent, headers, ...(signal && { signal }) }, resolve);
    request.setTimeout(silenceMs, () => {
      request.destroy(new RequestError(`${at.host} is silent`, true));
    });
    request.on('error', (error) => {
      if (signal?.aborted) reject(signal.reason as Error);
      else if (error instanceof RequestError) reject(error);
      else reject(new RequestError(`${at.host} cannot be reached: ${error.message}`, true, { cause: error }));
    });
  });
}
