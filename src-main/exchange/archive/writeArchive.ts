import { createHash, type Hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
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
  /** Each study with the path of its file. */
  studies: readonly { id: string; path: string }[];
}

interface Source {
  from: string;
  path: string;
}

/**
 * Writes runs and studies as one zip file: weights stored, everything else deflated, and last the manifest with the
 * checksum of each file as it was read. A run that is being trained is written in its present state: its checkpoint
 * comes before its metrics.
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
      runFiles(folder.path).map((file) => ({
        from: join(folder.path, file),
        path: `runs/${id}/${file}`,
      })),
    ),
    ...studies.map(({ id, path }) => ({ from: path, path: `studies/${id}.json` })),
  ];
  transfer.totalBytes = sources.reduce((sum, { from }) => sum + statSync(from).size, 0);

  const zip = new ZipFile();
  const output = new PassThrough();
  const fail = (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error)));
  const abandoned = new AbortController();
  output.once('close', () => {
    abandoned.abort();
  });
  zip.on('error', fail);
  zip.outputStream.pipe(output);
  addAll(zip, sources, transfer, abandoned.signal).catch(fail);
  await streamFileAtomically(target, output);
}

/** Adds files one by one. Each is measured at its turn, since a checkpoint may have been replaced by a longer one. */
async function addAll(
  zip: ZipFile,
  sources: readonly Source[],
  transfer: Transfer,
  abandoned: AbortSignal,
): Promise<void> {
  const files: ManifestFile[] = [];
  for (const { from, path } of sources) {
    const file = await open(from);
    const { size, mtime } = await file.stat();
    const sum = createHash('sha256');
    const content = Readable.from(summed(file, size, sum, transfer));
    try {
      zip.addReadStream(content, path, { size, mtime, compress: !path.endsWith('.safetensors') });
      await finished(content, { signal: abandoned });
    } finally {
      content.destroy();
      await file.close();
    }
    files.push({ path, bytes: size, sha256: sum.digest('hex') });
  }
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifestOf(files), null, 2)}\n`), manifestName);
  zip.end();
}

/** The bytes of a file, up to its measured length: a log may grow while it is read. */
async function* summed(file: FileHandle, bytes: number, sum: Hash, transfer: Transfer) {
  if (bytes === 0) return;
  const chunks: AsyncIterable<Buffer> = file.createReadStream({
    end: bytes - 1,
    highWaterMark: 1 << 20,
    autoClose: false,
  });
  for await (const chunk of transfer.through(chunks)) {
    sum.update(chunk);
    yield chunk;
  }
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
