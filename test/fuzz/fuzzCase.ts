import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { WorkbenchError } from '../../src-main/foundation/errors.ts';
import { ImageError } from '../../src-main/data/ImageError.ts';
import { drawFrom, mutated } from './mutate.ts';
import type { Files, Parser } from './parsers.ts';

/** One damaged file: which of the parser's files was changed, and to what. The same for the same seed and index. */
export interface FuzzCase {
  files: Files;
  changed: string;
  bytes: Buffer;
}

export function caseOf(seeds: readonly Files[], seed: number, index: number): FuzzCase {
  const draw = drawFrom(Math.imul(seed, 0x9e3779b1) ^ index);
  const files = seeds[draw(seeds.length)] ?? new Map<string, Buffer>();
  const names = [...files.keys()];
  const changed = names[draw(names.length)] ?? '';
  return { files, changed, bytes: mutated(files.get(changed) ?? Buffer.alloc(0), draw) };
}

/** Why a file was read neither to a value nor to an error that a person is meant to read; undefined if it was. */
export async function whatWentWrong(
  parser: Parser,
  { files, changed, bytes }: FuzzCase,
): Promise<string | undefined> {
  const place = mkdtempSync(join(tmpdir(), 'vgg-fuzz-'));
  const folder = join(place, 'files');
  try {
    for (const [name, content] of files) write(join(folder, name), name === changed ? bytes : content);
    await parser.read(folder, changed, join(place, 'home'));
    return undefined;
  } catch (error) {
    if (error instanceof ImageError) return undefined;
    if (error instanceof WorkbenchError && error.code !== 'internal') return undefined;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function write(path: string, content: Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
