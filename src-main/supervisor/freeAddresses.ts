import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/**
 * Ports of this machine that nothing listens on, by whatever address: TensorFlow listens by all of them. They are held until
 * all are found, so that they differ.
 */
export async function freeAddresses(count: number): Promise<string[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '0.0.0.0'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const addresses = servers.map((server) => `127.0.0.1:${(server.address() as AddressInfo).port}`);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return addresses;
}
