import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { CDPSession } from '@playwright/test';
import { MessagePortMain, type PortData } from './MessagePortMain.ts';
import { runPreload, type FromPreload } from './preloadWorld.ts';
import { appAddress } from './scheme.ts';

export const ipcMain = new EventEmitter();

/**
 * Has a page run the preload before its own scripts; with context isolation in a world of its own, as in Electron: the
 * same document, other globals.
 */
export async function preloadInto(page: CDPSession, path: string, isolated: boolean): Promise<void> {
  const world = isolated ? 'Electron Isolated Context' : undefined;
  const open = new Map<number, Map<number, MessagePortMain>>();
  page.on('Runtime.bindingCalled', ({ payload, executionContextId }) => {
    const portsOfWorld = open.get(executionContextId) ?? new Map<number, MessagePortMain>();
    open.set(executionContextId, portsOfWorld);
    const message = JSON.parse(payload) as FromPreload;
    if (message.type === 'data') {
      const { text, base64 = '' } = message;
      portsOfWorld.get(message.port)?.receive(text ?? Buffer.from(base64, 'base64'));
      return;
    }
    const ports = message.ports.map((id) => {
      const port = openPort(page, executionContextId, id);
      portsOfWorld.set(id, port);
      return port;
    });
    const senderFrame = { parent: null, origin: appAddress(message.origin) };
    ipcMain.emit(message.channel, { senderFrame, ports }, message.message);
  });
  // A page that is left or reloaded leaves its ports.
  page.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    for (const port of open.get(executionContextId)?.values() ?? []) port.end();
    open.delete(executionContextId);
  });
  await page.send('Runtime.enable');
  await page.send('Runtime.addBinding', {
    name: 'standInSend',
    ...(world === undefined ? {} : { executionContextName: world }),
  });
  await page.send('Page.addScriptToEvaluateOnNewDocument', {
    source: `(${runPreload.toString()})(globalThis, (require) => {${readFileSync(path, 'utf8')}\n});`,
    ...(world === undefined ? {} : { worldName: world }),
  });
}

function openPort(page: CDPSession, contextId: number, id: number): MessagePortMain {
  const tell = (data: { text: string } | { base64: string } | null) => {
    const expression = `standInReceive(${id}, ${JSON.stringify(data)})`;
    // A page that is gone hears nothing more.
    page.send('Runtime.evaluate', { contextId, expression }).catch(() => undefined);
  };
  return new MessagePortMain({
    send(data: PortData) {
      tell(typeof data === 'string' ? { text: data } : { base64: Buffer.from(data).toString('base64') });
    },
    close() {
      tell(null);
    },
  });
}
