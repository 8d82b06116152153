import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runConfigSchema } from '../../src-main/configuration/schema.ts';
import { writeSafetensors } from '../../src-main/foundation/safetensors.ts';
import { openImages, orderIn } from '../../src-main/trainer/openImages.ts';
import { temporaryFolder, writeFiles } from '../data/imageFiles.ts';

/** Folders 0 and 10 sort before 2; the weights, as metadata tells, count 0, 2, 10. */
function folderAndWeights(metadata: Record<string, string>) {
  const folder = temporaryFolder();
  writeFiles(folder, { 'set/val/0/a.jpg': 'x', 'set/val/10/a.jpg': 'x', 'set/val/2/a.jpg': 'x' });
  writeFiles(folder, { 'list.txt': '10\n2\n0\n' });
  const weights = join(folder, 'net.safetensors');
  writeSafetensors(weights, [], metadata);
  const { data } = runConfigSchema.parse({ data: { dataset: join(folder, 'set') } });
  return { data, weights, list: join(folder, 'list.txt') };
}

async function labelsOf(data: Parameters<typeof openImages>[0], weights: string) {
  const { dataset, notes, namedByWeights } = await openImages(data, ['val'], await orderIn(weights));
  return { labels: dataset.val.map(({ name, label }) => `${name[0]}${label}`), notes, namedByWeights };
}

it.each([
  ['an export', { 'vgg-workbench.classes': '["0","2","10"]' }],
  ['an export with an output too many', { 'vgg-workbench.classes': '["0","2","10","class 3"]' }],
  ['a checkpoint', { 'vgg-workbench.state': '{"classes":["0","2","10"],"step":1}' }],
])('labels images as the weights name their outputs: %s', async (_, metadata) => {
  const { data, weights } = folderAndWeights(metadata);
  expect(await labelsOf(data, weights)).toMatchObject({ labels: ['00', '12', '21'], namedByWeights: true });
});

it('says what it takes the outputs for if the weights do not name them', async () => {
  const { data, weights } = folderAndWeights({ 'vgg-workbench.classes': '["class 0","class 1","class 2"]' });
  const { labels, notes, namedByWeights } = await labelsOf(data, weights);
  expect(labels).toEqual(['00', '11', '22']);
  expect(namedByWeights).toBe(false);
  expect(notes.join()).toContain(
    'in this order: 0, 10, 2. The classes are named by numbers, but sorted as text',
  );
});

it('goes by a list of classes before all else', async () => {
  const { data, weights, list } = folderAndWeights({ 'vgg-workbench.classes': '["0","2","10"]' });
  expect((await labelsOf({ ...data, classList: list }, weights)).labels).toEqual(['02', '10', '21']);
});
