import { RPCHandler } from '@orpc/server/message-port';
import { ipcMain } from 'electron';
import { router } from '../../workbench/api.ts';
import { portMessage } from '../../workbench/portMessage.ts';
import { wireOptions } from '../../workbench/wire.ts';
import type { Workbench } from '../../workbench/Workbench.ts';
import { isOwnPage } from './pageScheme.ts';

/** Serves the API on each port that the window's page sends; ports from other senders are refused. */
export function serveApi(workbench: Workbench): void {
  const handler = new RPCHandler(router, wireOptions);
  ipcMain.on(portMessage, ({ senderFrame, ports }) => {
    const [port] = ports;
    if (!port) return;
    if (!isOwnPage(senderFrame)) {
      port.close();
      return;
    }
    handler.upgrade(port, { context: workbench });
    port.start();
  });
}
