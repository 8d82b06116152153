import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openDataset } from '../../src-main/data/openDataset.ts';
import { readMatFile } from '../../src-main/data/matFile.ts';
import { temporaryFolder, writeFiles } from './imageFiles.ts';
import { metaMat } from './metaMat.ts';

/** The same as a kit of 2015 has it: not compressed here, with the class numbers under that year's name. */
function laterMeta(): Buffer {
  const parts = [metaMat.subarray(0, 128)];
  for (let offset = 128; offset + 8 <= metaMat.length;) {
    const length = metaMat.readUInt32LE(offset + 4);
    parts.push(inflateSync(metaMat.subarray(offset + 8, offset + 8 + length)));
    offset += 8 + length;
  }
  const whole = Buffer.concat(parts);
  for (let at = whole.indexOf('ILSVRC2012_ID'); at >= 0; at = whole.indexOf('ILSVRC2012_ID')) {
    whole.write('ILSVRC2015_ID', at, 'latin1');
  }
  return whole;
}

const [setter, fox, husky] = ['n02100735', 'n02119789', 'n02110185'];
const image = (number: number) => `ILSVRC2012_val_${String(number).padStart(8, '0')}.JPEG`;
const flatValidation = { [`val/${image(1)}`]: 'a', [`val/${image(2)}`]: 'bb', [`val/${image(3)}`]: 'ccc' };
const training = {
  [`train/${setter}/s.JPEG`]: 'x',
  [`train/${fox}/f.JPEG`]: 'x',
  [`train/${husky}/h.JPEG`]: 'x',
};
const truth = 'ILSVRC2012_validation_ground_truth.txt';
/** Image 1 is a husky, 2 a setter, 3 a fox. */
const ids = '3\n2\n1\n';

async function valNames(files: Record<string, string | Uint8Array>, location = ''): Promise<string[]> {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  const dataset = await openDataset(join(folder, location));
  expect(dataset.classes).toEqual([setter, husky, fox]);
  for (const { name, label } of dataset.val)
    expect(name.startsWith(`${dataset.classes[label] ?? ''}/`)).toBe(true);
  return dataset.val.map(({ name }) => name).sort();
}

const expected = [`${setter}/${image(2)}`, `${husky}/${image(1)}`, `${fox}/${image(3)}`];

describe("ILSVRC-2012's flat validation folder", () => {
  it.each<[string, Record<string, string | Uint8Array>]>([
    ['the ground truth and meta.mat', { [truth]: ids, 'meta.mat': metaMat }],
    [
      'an unpacked devkit',
      { [`ILSVRC2012_devkit_t12/data/${truth}`]: ids, 'ILSVRC2012_devkit_t12/data/meta.mat': metaMat },
    ],
    [
      'numbered lines',
      { [truth]: ids, 'map_clsloc.txt': `${fox} 1 kit_fox\n${setter} 2 setter\n${husky} 3 husky\n` },
    ],
    ...(['ILSVRC2014_devkit/data', 'ILSVRC/devkit/data', 'devkit/data', '.'] as const).map(
      (kit): [string, Record<string, string | Uint8Array>] => [
        `a later kit in ${kit}, beside one that numbers otherwise`,
        {
          [`${kit}/ILSVRC2014_clsloc_validation_ground_truth.txt`]: ids,
          [`${kit}/map_clsloc.txt`]: `${fox} 1 kit_fox\r\n${setter} 2 setter\r\n${husky} 3 husky\r\n`,
          ...(kit !== '.' && { 'other/map_clsloc.txt': `${husky} 1 a\n${fox} 2 b\n${setter} 3 c\n` }),
        },
      ],
    ),
    [
      "a later kit's meta_clsloc.mat",
      {
        'ILSVRC2015_devkit/data/ILSVRC2015_clsloc_validation_ground_truth.txt': ids,
        // The name of the field has the same length, so that the file stays as it was written.
        'ILSVRC2015_devkit/data/meta_clsloc.mat': laterMeta(),
      },
    ],
    ["a list in the devkit's order", { [truth]: ids, 'synsets.txt': `${fox}\n${setter}\n${husky}\n` }],
    [
      "Kaggle's solution",
      {
        'LOC_val_solution.csv':
          `ImageId,PredictionString\n${image(3).slice(0, -5)},${fox} 85 1 499 272 \n` +
          `${image(1).slice(0, -5)},${husky} 131 0 499 254 ${husky} 1 2 3 4 \n${image(2).slice(0, -5)},${setter} 3 4 5 6 \n`,
      },
    ],
  ])('is labelled by %s', async (_, files) => {
    expect(await valNames({ ...training, ...flatValidation, ...files })).toEqual(expected);
  });

  it("opens Kaggle's download at its root", async () => {
    const nested = Object.fromEntries(
      Object.entries({ ...training, ...flatValidation }).map(([name, content]) => [
        `ILSVRC/Data/CLS-LOC/${name}`,
        content,
      ]),
    );
    const solution = `ImageId,PredictionString\n${[husky, setter, fox]
      .map((name, index) => `${image(index + 1).slice(0, -5)},${name} 1 2 3 4 `)
      .join('\n')}\n`;
    const files = { ...nested, 'LOC_val_solution.csv': solution };
    expect(await valNames(files)).toEqual(expected);
    expect(await valNames(files, 'ILSVRC/Data/CLS-LOC')).toEqual(expected);
  });

  it.each<[string, Record<string, string | Uint8Array>, string, RegExp]>([
    ['no file', {}, 'validation-labels-missing', /LOC_val_solution\.csv/],
    ['no mapping of its numbers', { [truth]: ids }, 'validation-labels-missing', /meta\.mat/],
    [
      'an alphabetical list',
      { [truth]: ids, 'synsets.txt': `${setter}\n${husky}\n${fox}\n` },
      'validation-labels-broken',
      /meta\.mat/,
    ],
    [
      'half a meta.mat',
      { [truth]: ids, 'meta.mat': metaMat.subarray(0, 300) },
      'validation-labels-broken',
      /meta\.mat/,
    ],
    [
      'numbers the mapping lacks',
      { [truth]: '3\n2\n77\n', 'meta.mat': metaMat },
      'validation-labels-broken',
      /same development kit/,
    ],
  ])('is refused with %s', async (_, files, code, nextStep) => {
    await expect(valNames({ ...training, ...flatValidation, ...files })).rejects.toMatchObject({
      code,
      nextStep: expect.stringMatching(nextStep) as string,
    });
  });

  it('names images without a label and leaves them out', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      ...training,
      ...flatValidation,
      [`val/${image(9)}`]: 'x',
      [truth]: ids,
      'meta.mat': metaMat,
    });
    const dataset = await openDataset(folder);
    expect(dataset.val).toHaveLength(3);
    expect(dataset.structure).toMatchObject([{ code: 'unlabelled', subject: image(9) }]);
  });
});

describe('readMatFile', () => {
  it('reads struct arrays and numbers', () => {
    const variables = readMatFile(metaMat);
    expect(variables?.get('other')).toEqual(Float64Array.of(1, 0, 0, 1));
    const synsets = variables?.get('synsets');
    expect(synsets).toHaveLength(4);
    const last = Array.isArray(synsets) ? synsets[3] : undefined;
    expect(last?.get('words')).toBe('dog');
    expect(last?.get('children')).toEqual(Float64Array.of(2, 3));
    expect(last?.get('ILSVRC2012_ID')).toEqual(Float64Array.of(1001));
  });

  it('gives undefined for what is no such file', () => {
    expect(readMatFile(Buffer.from('text'))).toBeUndefined();
    expect(readMatFile(metaMat.subarray(0, 400))).toBeUndefined();
  });
});

describe('a MAT file that tells of more than it holds', () => {
  const header = metaMat.subarray(0, 128);
  const element = (type: number, data: Uint8Array) => {
    const tag = Buffer.alloc(8);
    tag.writeUInt32LE(type, 0);
    tag.writeUInt32LE(data.length, 4);
    return Buffer.concat([tag, data, Buffer.alloc((8 - (data.length % 8)) % 8)]);
  };
  const words = (...values: number[]) => element(6, Buffer.from(Uint32Array.from(values).buffer));

  it('is refused at once: a struct array of 300 million rows', () => {
    const fields = Buffer.alloc(32);
    fields.write('WNID', 0, 'latin1');
    const parts = [
      words(2, 0),
      words(300_000_000, 1),
      element(1, Buffer.from('synsets')),
      words(32),
      element(1, fields),
    ];
    const file = Buffer.concat([header, element(14, Buffer.concat(parts))]);
    expect(readMatFile(file)).toBeUndefined();
  });

  it('is refused at once: more than 64 megabytes of zeros', () => {
    const bomb = deflateSync(Buffer.alloc(2 ** 26 + 1), { level: 1 });
    expect(readMatFile(Buffer.concat([header, element(15, bomb)]))).toBeUndefined();
  });
});
