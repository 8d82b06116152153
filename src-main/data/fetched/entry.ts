/** A file of an archive; its content is read before the next one is asked for, or not at all. */
export interface Entry {
  name: string;
  bytes: number;
  content: AsyncIterable<Uint8Array>;
}

/** A small file as a whole. */
export async function contentOf(entry: Entry): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of entry.content) parts.push(part);
  return Buffer.concat(parts);
}
