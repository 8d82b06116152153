import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { channelOrders } from '../configuration/schema.ts';
import { formatNames } from './formats.ts';
import type { WeightsFile } from './WeightsFile.ts';

/** Identifies the weights file that a run began from. */
export const weightsRecordSchema = z.strictObject({
  path: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  format: z.enum(formatNames),
  channels: z.enum(channelOrders),
});
export type WeightsRecord = z.infer<typeof weightsRecordSchema>;

/** Reads the whole file for its hash: a second or two for half a gigabyte. */
export async function recordOf({ path, format }: WeightsFile): Promise<WeightsRecord> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const { size: bytes } = statSync(path);
  return { path, bytes, sha256: hash.digest('hex'), format: format.name, channels: format.channels };
}
