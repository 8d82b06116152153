import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  readHits,
  readPredictions,
  writePredictions,
  type ImagePrediction,
} from '../../../src-main/runs/folder/predictionsFile.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const path = () => join(temporaryFolder(), 'dense.csv');

function prediction(name: string, label: number, classes: number[]): ImagePrediction {
  const top = classes.map((each, place) => ({ label: each, posterior: place === 0 ? 3e-7 : 1e-8 }));
  return { name, label, posterior: 1e-8, top };
}

it.each([
  ['plain names', ['cat/1.png', 'cat/2 é.png', 'dog/3.png', 'dog/4.png']],
  ['names with commas and quotes', ['cat/1,5.png', 'cat/"2".png', 'dog/3\n.png', 'dog/4.png']],
])('agrees with the whole reading: %s', async (_, [one = '', two = '', three = '', four = '']) => {
  const file = path();
  writePredictions(file, [
    prediction(one, 0, [0, 1, 2, 3, 4]),
    prediction(two, 0, [10, 0]),
    prediction(three, 1, [1]),
    prediction(four, 12, [1, 2]),
  ]);
  const { names, right } = await readHits(file, 20);
  const whole = await readPredictions(file, 20);
  expect(names).toEqual(whole.map(({ name }) => name));
  expect([...right]).toEqual([1, 0, 1, 0]);
  expect([...right]).toEqual(whole.map(({ label, top }) => (top[0]?.label === label ? 1 : 0)));
});

it('takes an image without any prediction as wrong, and refuses a damaged line', async () => {
  const file = path();
  writePredictions(file, [prediction('cat/1.png', 0, [0]), prediction('cat/2.png', 0, [])]);
  expect([...(await readHits(file, 2)).right]).toEqual([1, 0]);
  writeFileSync(file, 'image,label\ncat/1.png,0,nonsense,0,1\n');
  await expect(readHits(file, 2)).rejects.toMatchObject({ code: 'predictions-unreadable' });
});
