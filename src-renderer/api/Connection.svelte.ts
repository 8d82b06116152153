import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '../../src-main/workbench/contract.ts';
import { ApiError, errorOf } from './errors.ts';
import { openTransport, type Link, type Transport } from './transport.ts';

export type Api = ContractRouterClient<typeof contract>;

const firstWait = 250;
const longestWait = 5000;

/**
 * The way to the workbench, opened again whenever it is lost. Calls made meanwhile wait for it; calls under way when it is
 * lost fail with `connection-lost`, since nobody knows whether they were heard.
 */
export class Connection {
  status = $state<'connecting' | 'open' | 'lost'>('connecting');
  /** Counts connections: whoever follows a stream starts it again when this rises. */
  session = $state(0);
  readonly api: Api;
  #transport: Transport | undefined;
  #waiting: (() => void)[] = [];

  constructor() {
    const link: Link = {
      call: async (path, input, options) => {
        const transport = await this.#ready(options.signal);
        try {
          return await transport.link.call(path, input, options);
        } catch (error) {
          throw this.#transport === transport ? errorOf(error) : connectionLost();
        }
      },
    };
    this.api = createORPCClient(link);
    void this.#keepOpen();
  }

  /** Settles when there is a connection later than the given one. */
  async nextSession(after: number, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && (this.status !== 'open' || this.session <= after)) await this.#change(signal);
  }

  async #keepOpen(): Promise<never> {
    for (let wait = firstWait; ; wait = Math.min(2 * wait, longestWait)) {
      const transport = openTransport();
      try {
        await transport.opened;
        wait = firstWait;
        this.#transport = transport;
        this.status = 'open';
        this.session++;
        this.#notify();
        await transport.closed;
      } catch {
        // Tried again below.
      }
      this.#transport = undefined;
      this.status = 'lost';
      this.#notify();
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  async #ready(signal: AbortSignal | undefined): Promise<Transport> {
    for (;;) {
      signal?.throwIfAborted();
      if (this.#transport) return this.#transport;
      await this.#change(signal);
    }
  }

  #change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      signal?.addEventListener('abort', () => {
        resolve();
      });
    });
  }

  #notify(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}

function connectionLost(): ApiError {
  return new ApiError({
    code: 'connection-lost',
    message: 'The connection to the workbench was lost.',
    nextStep: 'The window connects again by itself; then try once more.',
    kind: 'failure',
  });
}
