import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { linePlot, type Line } from './linePlot.ts';

const ratesSchema = z.object({ train: z.number().nullable(), inference: z.number() });

/** One measurement, in a process of its own: see measure.ts. */
interface Sizes {
  config: 'A' | 'D';
  crop: number;
  width: number;
  batch: number;
  /** Side of the images that inference scores densely; the crop's without it. */
  scale?: number;
  threads?: number;
}

interface Study {
  name: string;
  title: string;
  values: readonly number[];
  sizes: (value: number) => Omit<Sizes, 'config'>;
}

const nets = ['A', 'D'] as const;
const cores = availableParallelism();
/** As many pixels a batch at each crop. */
const batchAt = (crop: number) => Math.max(1, Math.round((64 * 56 * 56) / (crop * crop)));

const studies: readonly Study[] = [
  {
    name: 'batch',
    title: 'images a batch',
    values: [8, 16, 32, 64, 128, 256],
    sizes: (batch) => ({ crop: 56, width: 0.25, batch }),
  },
  {
    name: 'crop',
    title: 'crop in pixels, as many pixels a batch',
    values: [32, 56, 84, 112, 168, 224],
    sizes: (crop) => ({ crop, width: 0.25, batch: batchAt(crop) }),
  },
  {
    name: 'width',
    title: 'width',
    values: [0.0625, 0.125, 0.25, 0.5, 1],
    sizes: (width) => ({ crop: 56, width, batch: Math.min(64, 16 / width) }),
  },
  {
    name: 'scale',
    title: 'Q in pixels, dense evaluation, crop 56, width ¼',
    values: [56, 64, 80, 96, 128, 160],
    sizes: (scale) => ({ crop: 56, width: 0.25, batch: batchAt(scale), scale }),
  },
  {
    name: 'threads',
    title: 'threads',
    values: Array.from({ length: cores }, (_, index) => index + 1),
    sizes: (threads) => ({ crop: 56, width: 0.25, batch: 64, threads }),
  },
];

type Rates = z.infer<typeof ratesSchema>;

/**
 * Measures how images a second change with each size, and writes a plot for each into a folder. All sizes are gone through in
 * several rounds and the fastest of each counts: on a machine that others use too, one turn alone says little beside another.
 */
export function growth(folder: string, rounds: number, steps: number): void {
  mkdirSync(folder, { recursive: true });
  const rates = fastestOf(allSizes(), rounds, steps);
  for (const { name, title, values, sizes } of studies) {
    const lines: Line[] = nets.flatMap((config) => {
      const points = (pick: (rate: Rates) => number | null) =>
        values.flatMap((value) => {
          const measured = rates.get(keyOf({ config, ...sizes(value) }));
          const rate = measured ? pick(measured) : null;
          return rate === null ? [] : [{ x: value, y: rate }];
        });
      return [
        { name: `${config} training`, points: points(({ train }) => train) },
        { name: `${config} inference`, points: points(({ inference }) => inference) },
      ].filter(({ points }) => points.length > 0);
    });
    for (const line of lines) {
      console.log(
        `${name}, ${line.name}: ${line.points.map(({ x, y }) => `${x}: ${y.toPrecision(3)}`).join(', ')}`,
      );
    }
    writeFileSync(join(folder, `speed-${name}.svg`), linePlot(title, 'images a second', lines));
  }
}

/** Sizes that several plots share are measured once, so that the plots agree where they meet. */
function allSizes(): readonly Sizes[] {
  const all = studies.flatMap(({ values, sizes }) =>
    nets.flatMap((config) => values.map((value): Sizes => ({ config, ...sizes(value) }))),
  );
  return [...new Map(all.map((sizes) => [keyOf(sizes), sizes])).values()];
}

function keyOf({ config, crop, width, batch, scale, threads = cores }: Sizes): string {
  return JSON.stringify([config, crop, width, batch, scale, threads]);
}

function fastestOf(all: readonly Sizes[], rounds: number, steps: number): ReadonlyMap<string, Rates> {
  const rates = new Map<string, Rates>();
  for (let round = 0; round < rounds; round++) {
    for (const sizes of all) {
      const [before, now] = [rates.get(keyOf(sizes)), measure(sizes, steps)];
      const train = now.train === null ? null : Math.max(now.train, before?.train ?? 0);
      rates.set(keyOf(sizes), { train, inference: Math.max(now.inference, before?.inference ?? 0) });
    }
  }
  return rates;
}

function measure({ threads, ...sizes }: Sizes, steps: number): Rates {
  const environment = threads === undefined ? {} : { VGG_THREADS: String(threads) };
  const answer = execFileSync(
    process.execPath,
    [join(import.meta.dirname, 'measure.ts'), JSON.stringify({ ...sizes, steps })],
    { encoding: 'utf8', env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  return ratesSchema.parse(JSON.parse(answer));
}
