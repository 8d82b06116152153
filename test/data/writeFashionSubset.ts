import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { resourcesFolder } from '../../src-main/foundation/project.ts';

/*
 * Writes the embedded subset of Fashion-MNIST from the four original files, the first images of each class in their
 * original order: npm run data:fashion -- FOLDER. The files are those of https://github.com/zalandoresearch/fashion-mnist,
 * which Debian's package dataset-fashion-mnist puts into /usr/share/datasets/fashion-mnist.
 */

const perClass = { train: 1000, t10k: 200 };
const imageHeader = 16;
const labelHeader = 8;
const imageBytes = 28 * 28;

const [source = '/usr/share/datasets/fashion-mnist'] = process.argv.slice(2);
const target = join(resourcesFolder, 'datasets', 'fashion-mnist');

for (const [part, count] of Object.entries(perClass)) {
  const images = original(`${part}-images-idx3-ubyte.gz`);
  const labels = original(`${part}-labels-idx1-ubyte.gz`);
  const seen = new Map<number, number>();
  const chosen = [...labels.subarray(labelHeader).entries()].filter(([, label]) => {
    const before = seen.get(label) ?? 0;
    seen.set(label, before + 1);
    return before < count;
  });
  write(`${part}-images-idx3-ubyte.gz`, withCount(images.subarray(0, imageHeader), chosen.length), [
    ...chosen.map(([index]) => images.subarray(imageHeader + index * imageBytes).subarray(0, imageBytes)),
  ]);
  write(`${part}-labels-idx1-ubyte.gz`, withCount(labels.subarray(0, labelHeader), chosen.length), [
    Uint8Array.from(chosen, ([, label]) => label),
  ]);
}

function original(file: string): Buffer {
  return gunzipSync(readFileSync(join(source, file)));
}

function withCount(header: Buffer, count: number): Buffer {
  const changed = Buffer.from(header);
  changed.writeUInt32BE(count, 4);
  return changed;
}

function write(file: string, header: Uint8Array, parts: readonly Uint8Array[]): void {
  writeFileSync(join(target, file), gzipSync(Buffer.concat([header, ...parts]), { level: 9 }));
}
