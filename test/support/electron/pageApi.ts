import { EventEmitter } from 'node:events';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Page } from '@playwright/test';
import type { contract } from '../../../src-main/workbench/contract.ts';
import { portMessage } from '../../../src-main/workbench/portMessage.ts';

type Api = ContractRouterClient<typeof contract>;

interface PageWorld {
  location: { origin: string };
  postMessage(message: unknown, origin: string, transfer: unknown[]): void;
  fromPort(data: string): Promise<void>;
  toPort?: (data: string) => void;
}

/** The API as the window has it: over a port of its own that the page hands to the preload. Text alone crosses. */
export async function pageApi(page: Page): Promise<Api> {
  const arriving = new EventEmitter();
  await page.exposeFunction('fromPort', (data: string) => {
    arriving.emit('message', { data });
  });
  await page.evaluate((message) => {
    const world = globalThis as unknown as PageWorld;
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', (event) => {
      void world.fromPort(String(event.data));
    });
    port1.start();
    world.toPort = (data) => {
      port1.postMessage(data);
    };
    world.postMessage(message, world.location.origin, [port2]);
  }, portMessage);
  const port = Object.assign(arriving, {
    postMessage(data: unknown) {
      void page.evaluate((text) => (globalThis as unknown as PageWorld).toPort?.(text), String(data));
    },
  });
  return createORPCClient(new RPCLink({ port }));
}
