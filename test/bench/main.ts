import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { forkTrainer } from '../../src-main/hosts/cli/forkTrainer.ts';
import { localClient } from '../../src-main/workbench/api.ts';
import { Workbench } from '../../src-main/workbench/Workbench.ts';

/*
 * The workbench beside PyTorch: the same nets and sizes, each contestant in a process of its own, one after the other, in
 * several rounds. The best of the rounds counts, for all alike: these are machines that others use too.
 *
 *     npm run bench -- [--rounds 2] [--steps 3] [--python python3] [--only A/224]
 */

interface Case {
  config: 'A' | 'D';
  crop: number;
  width: number;
  batch: number;
}

const cases: Case[] = [
  { config: 'A', crop: 224, width: 1, batch: 16 },
  { config: 'D', crop: 224, width: 1, batch: 8 },
  { config: 'A', crop: 56, width: 0.25, batch: 64 },
  { config: 'D', crop: 56, width: 0.25, batch: 64 },
];

const resultSchema = z.object({
  trainImagesPerSecond: z.number(),
  inferenceImagesPerSecond: z.number(),
  peakRssBytes: z.number(),
});
type Result = z.infer<typeof resultSchema>;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '2' },
    steps: { type: 'string', default: '3' },
    python: { type: 'string', default: 'python3' },
    only: { type: 'string', default: '' },
  },
});
const steps = Number(options.steps);
const workbench = new Workbench({ home: join(tmpdir(), 'vgg-bench'), startTrainer: forkTrainer });
const client = localClient(workbench);

async function ours({ config, crop, width, batch }: Case): Promise<Result> {
  const overrides = Object.entries({
    'network.config': config,
    'network.crop': crop,
    'network.width': width,
    'training.batch': batch,
    // Random images have no scale; it only has to have room for the crop.
    'data.trainScale': crop,
    'evaluation.testScales': `[${crop}]`,
  }).map(([key, value]) => `${key}=${value}`);
  return await client.bench({ overrides, steps });
}

function pytorch({ config, crop, width, batch }: Case, layout: 'channels_last' | 'default'): Result {
  const program = join(import.meta.dirname, 'pytorch.py');
  const output = execFileSync(
    options.python,
    [program, config, crop, width, batch, steps, layout].map(String),
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return resultSchema.parse(JSON.parse(output));
}

function pytorchVersion(): string | null {
  try {
    const program = 'import torch; print(torch.__version__)';
    return execFileSync(options.python, ['-c', program], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}

function best(results: readonly Result[]): Result {
  return {
    trainImagesPerSecond: Math.max(...results.map((result) => result.trainImagesPerSecond)),
    inferenceImagesPerSecond: Math.max(...results.map((result) => result.inferenceImagesPerSecond)),
    peakRssBytes: Math.min(...results.map((result) => result.peakRssBytes)),
  };
}

function row(name: string, contestant: string, result: Result, rival: Result | undefined): string {
  const ratio = (pick: (each: Result) => number) => (rival ? (pick(result) / pick(rival)).toFixed(2) : '');
  const cells = [
    name,
    contestant,
    result.trainImagesPerSecond.toPrecision(3),
    ratio((each) => each.trainImagesPerSecond),
    result.inferenceImagesPerSecond.toPrecision(3),
    ratio((each) => each.inferenceImagesPerSecond),
    (result.peakRssBytes / 1e9).toFixed(1),
  ];
  return `| ${cells.join(' | ')} |`;
}

const version = pytorchVersion();
if (version === null) {
  console.error(
    `No PyTorch in ${options.python}: only the workbench is measured. Another one with --python PATH.`,
  );
}
console.log('| net | with | train images/s | ratio | inference images/s | ratio | peak GB |');
console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: |');
for (const each of cases) {
  const name = `${each.config}, crop ${each.crop}, width ${each.width}, batch ${each.batch}`;
  if (!`${each.config}/${each.crop}`.startsWith(options.only)) continue;
  const results = { ours: [] as Result[], channelsLast: [] as Result[], standard: [] as Result[] };
  for (let round = 0; round < Number(options.rounds); round++) {
    results.ours.push(await ours(each));
    if (version === null) continue;
    results.channelsLast.push(pytorch(each, 'channels_last'));
    results.standard.push(pytorch(each, 'default'));
  }
  const mine = best(results.ours);
  console.log(row(name, 'workbench', mine, undefined));
  if (version === null) continue;
  const standard = best(results.standard);
  const channelsLast = best(results.channelsLast);
  console.log(row(name, `PyTorch ${version} channels_last`, channelsLast, undefined));
  console.log(row(name, `PyTorch ${version} default`, standard, undefined));
  const fastest = {
    trainImagesPerSecond: Math.max(standard.trainImagesPerSecond, channelsLast.trainImagesPerSecond),
    inferenceImagesPerSecond: Math.max(
      standard.inferenceImagesPerSecond,
      channelsLast.inferenceImagesPerSecond,
    ),
    peakRssBytes: 0,
  };
  const against = (pick: 'trainImagesPerSecond' | 'inferenceImagesPerSecond') =>
    `${(mine[pick] / channelsLast[pick]).toFixed(2)} × channels_last, ${(mine[pick] / fastest[pick]).toFixed(2)} × the better`;
  console.error(
    `${name}: training ${against('trainImagesPerSecond')}; inference ${against('inferenceImagesPerSecond')}`,
  );
}
await workbench.close();
