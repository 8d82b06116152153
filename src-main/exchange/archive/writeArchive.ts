import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { streamFileAtomically } from '../../foundation/files.ts';
import { projectVersion } from '../../foundation/project.ts';
import { runFiles } from '../../runs/folder/runFiles.ts';
import type { RunFolder } from '../../runs/folder/RunFolder.ts';
import type { Transfer } from '../Transfer.ts';
import { archiveVersion, manifestName, type Manifest, type ManifestFile } from './manifest.ts';

/** What goes into an archive. */
export interface ArchiveContents {
  runs: readonly { id: string; folder: RunFolder }[];
  /** Each with the path of its file. */
  studies: readonly { id: string; path: string }[];
}

interface Source {
  from: string;
  path: string;
  bytes: number;
  modified: Date;
}

/**
 * Writes runs and studies as one zip file: weights stored, all else deflated, and last the manifest with the checksum of
 * each file as it was read. A run that is being trained is taken as far as it is: its checkpoint comes before its metrics.
 *
 * @throws WorkbenchError `disk-full`, `write-failed`; the signal's reason; the target is then as it was
 */
export async function writeArchive(
  target: string,
  { runs, studies }: ArchiveContents,
  transfer: Transfer,
): Promise<void> {
  const sources = [
    ...runs.flatMap(({ id, folder }) =>
      runFiles(folder.path).map((file) => sourceOf(join(folder.path, file), `runs/${id}/${file}`)),
    ),
    ...studies.map(({ id, path }) => sourceOf(path, `studies/${id}.json`)),
  ];
  transfer.totalBytes = sources.reduce((sum, { bytes }) => sum + bytes, 0);

  const zip = new ZipFile();
  const output = new PassThrough();
  const fail = (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error)));
  zip.on('error', fail);
  const files: ManifestFile[] = [];
  for (const source of sources) {
    const { path, bytes: size, modified: mtime } = source;
    const options = { size, mtime, compress: !path.endsWith('.safetensors') };
    zip.addReadStreamLazy(path, options, (give) => {
      give(null, Readable.from(summed(source, files, transfer)).on('error', fail));
    });
  }
  zip.addReadStreamLazy(manifestName, (give) => {
    give(null, Readable.from([Buffer.from(`${JSON.stringify(manifestOf(files), null, 2)}\n`)]));
  });
  zip.end();
  zip.outputStream.pipe(output);
  await streamFileAtomically(target, output);
}

function sourceOf(from: string, path: string): Source {
  const { size: bytes, mtime: modified } = statSync(from);
  return { from, path, bytes, modified };
}

/** The bytes of a file; once they have passed, the manifest has its line. A log grows while it is read: what was there counts. */
async function* summed({ from, path, bytes }: Source, files: ManifestFile[], transfer: Transfer) {
  const sum = createHash('sha256');
  if (bytes > 0) {
    const chunks: AsyncIterable<Buffer> = createReadStream(from, { end: bytes - 1, highWaterMark: 1 << 20 });
    for await (const chunk of transfer.through(chunks)) {
      sum.update(chunk);
      yield chunk;
    }
  }
  files.push({ path, bytes, sha256: sum.digest('hex') });
}

function manifestOf(files: Manifest['files']): Manifest {
  return {
    format: 'vgg-workbench-archive',
    version: archiveVersion,
    workbench: projectVersion(),
    createdAt: new Date().toISOString(),
    files,
  };
}
