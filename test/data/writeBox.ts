import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { z } from 'zod';
import { boxArchive } from '../../src-main/exchange/box.ts';
import { projectFolder } from '../../src-main/foundation/project.ts';
import { SafetensorsFile, writeSafetensors } from '../../src-main/foundation/safetensors.ts';
import { architectureKey } from '../../src-main/vgg/weights/identify.ts';
import { stateKey } from '../../src-main/training/checkpointFiles.ts';

/*
 * Makes the net in the box: npm run data:box. It trains net A at an eighth of its width on the embedded Fashion-MNIST,
 * rounds the weights to bfloat16, scores them as rounded, and writes the run as an archive. On a machine with the same
 * kernels it gives the same weights each time; ids and times of the run are new.
 */

const name = 'Net in the box';
const notes =
  'This run comes with the workbench: net A at an eighth of its width, trained by npm run data:box on the embedded ' +
  'Fashion-MNIST (MIT licence). Its weights were rounded to bfloat16 before they were scored, and the velocities left ' +
  'out: it cannot be trained on, but another run can start from it.';
const recipe = [
  ...['--config', 'A', '--width', '0.125', '--crop', '56', '--dropout', '0', '--data', 'fashion-mnist'],
  ...['--deviation', 'training-set', '--scheme', 'he', '--batch', '32', '--epochs', '4'],
  ...['--learning-rate', '0.03', '--protocol', 'multi-crop-3x3', '--seed', '1'],
  ...['training.statisticsEvery=200', 'evaluation.horizontalFlip=false'],
];

const work = mkdtempSync(join(tmpdir(), 'vgg-box-'));
try {
  const { run } = z.object({ run: z.string() }).parse(vgg('training', 'train', ...recipe));
  vgg('training', 'runs', 'export', run, '--folder', join(work, 'copy'));
  const folder = join(work, 'copy', run);
  keepRoundedBest(join(folder, 'checkpoints'));
  for (const scored of ['evaluations.csv', 'predictions', 'posteriors'])
    rmSync(join(folder, scored), { recursive: true });

  vgg('box', 'runs', 'import', folder);
  vgg('box', 'runs', 'annotate', run, '--name', name, '--tags', 'box', '--notes', notes);
  console.log(vgg('box', 'evaluate', run));
  const archive = join(work, 'box.zip');
  vgg('box', 'runs', 'export', run, '--archive', archive);
  await writeDeflated(archive, boxArchive);
  console.log(`${boxArchive}: ${statSync(boxArchive).size} bytes`);
} finally {
  rmSync(work, { recursive: true });
}

/** One command on a data folder of this script; what it prints as JSON. */
function vgg(home: string, ...words: readonly string[]): unknown {
  const launcher = join(projectFolder, 'src-main', 'hosts', 'cli', 'launch.js');
  const args = [launcher, ...words, '--home', join(work, home), '--json'];
  const printed = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e9,
  });
  return JSON.parse(printed.trimEnd().split('\n').at(-1) ?? 'null');
}

/** Keeps of the checkpoints the best one, without velocities, each weight rounded to bfloat16. */
function keepRoundedBest(checkpoints: string): void {
  const best = join(checkpoints, 'best.safetensors');
  const file = new SafetensorsFile(best);
  const names = [...file.tensors.keys()].filter((each) => !each.startsWith('momentum.'));
  const tensors = names.map((each) => {
    const values = rounded(file.read(each));
    return { name: each, shape: file.tensors.get(each)?.shape ?? [], values: () => values };
  });
  const metadata = Object.fromEntries(
    [stateKey, architectureKey].map((key) => [key, file.metadata[key] ?? '']),
  );
  file.close();
  for (const each of readdirSync(checkpoints)) rmSync(join(checkpoints, each));
  writeSafetensors(best, tensors, metadata);
}

/** To the nearest value of eight significant bits, ties to even: the archive then takes half the space. */
function rounded(values: Float32Array): Float32Array {
  const bits = new Uint32Array(values.slice().buffer);
  for (const [index, each] of bits.entries()) {
    const tie = (each >>> 16) & 1;
    bits[index] = (each + 0x7fff + tie) & 0xffff0000;
  }
  return new Float32Array(bits.buffer);
}

/** An archive stores weights as they are, since they hardly shrink; those that were rounded do. */
async function writeDeflated(from: string, to: string): Promise<void> {
  const archive = await openPromise(from, { autoClose: false });
  const zip = new ZipFile();
  for await (const entry of archive.eachEntry()) {
    const content = await buffer(await archive.openReadStreamPromise(entry));
    zip.addBuffer(content, entry.fileName, { mtime: entry.getLastModDate(), compressionLevel: 9 });
  }
  zip.end();
  archive.close();
  writeFileSync(to, await buffer(zip.outputStream));
}
