import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { forkTrainer } from '../../src-main/hosts/forkTrainer.ts';
import { localClient, type WorkbenchClient } from '../../src-main/workbench/api.ts';
import { plainHost } from '../../src-main/workbench/Host.ts';
import { Workbench } from '../../src-main/workbench/Workbench.ts';

/*
 * The workbench beside PyTorch: the same nets and sizes, each contestant in a process of its own, one after the other,
 * in several rounds. The best of the rounds counts, for all alike: on a machine that others use too, the fastest says
 * the most about the code.
 *
 *     npm run bench -- [--rounds 2] [--steps 3] [--python python3] [--only A/224]
 */

interface Case {
  config: 'A' | 'D';
  crop: number;
  width: number;
  batch: number;
}

const cases: readonly Case[] = [
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

async function workbench(client: WorkbenchClient, { config, crop, width, batch }: Case): Promise<Result> {
  const settings = {
    'network.config': config,
    'network.crop': crop,
    'network.width': width,
    'training.batch': batch,
    // Random images have no scale; it only has to have room for the crop.
    'data.trainScale': crop,
    'evaluation.testScales': `[${crop}]`,
  };
  const overrides = Object.entries(settings).map(([key, value]) => `${key}=${value}`);
  return await client.bench({ overrides, steps: Number(options.steps) });
}

function python(...args: string[]): string {
  return execFileSync(options.python, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

function pytorch({ config, crop, width, batch }: Case, layout: string): Result {
  const program = join(import.meta.dirname, 'pytorch.py');
  const sizes = [crop, width, batch, options.steps].map(String);
  return resultSchema.parse(JSON.parse(python(program, config, ...sizes, layout)));
}

function pytorchVersion(): string | null {
  try {
    return python('-c', 'import torch; print(torch.__version__)');
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

function row(name: string, contestant: string, result: Result, ours: Result): string {
  const { trainImagesPerSecond: train, inferenceImagesPerSecond: inference, peakRssBytes } = result;
  const cells = [
    name,
    contestant,
    train.toPrecision(3),
    (ours.trainImagesPerSecond / train).toFixed(2),
    inference.toPrecision(3),
    (ours.inferenceImagesPerSecond / inference).toFixed(2),
    (peakRssBytes / 1e9).toFixed(1),
  ];
  return `| ${cells.join(' | ')} |`;
}

const version = pytorchVersion();
if (version === null) {
  console.error(
    `No PyTorch in ${options.python}: only the workbench is measured. --python names another one.`,
  );
}
console.log('| net | with | training, images/s | ours is | inference, images/s | ours is | peak GB |');
console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: |');
const home = join(tmpdir(), 'vgg-bench');
const bench = new Workbench({ home, startTrainer: forkTrainer, host: plainHost('command line') });
const client = localClient(bench);
for (const each of cases.filter(({ config, crop }) => `${config}/${crop}`.startsWith(options.only))) {
  const ours: Result[] = [];
  const rivals = new Map<string, Result[]>(
    version === null
      ? []
      : [
          ['channels_last', []],
          ['default', []],
        ],
  );
  for (let round = 0; round < Number(options.rounds); round++) {
    ours.push(await workbench(client, each));
    for (const [layout, results] of rivals) results.push(pytorch(each, layout));
  }
  const name = `${each.config}, crop ${each.crop}, width ${each.width}, batch ${each.batch}`;
  console.log(row(name, 'workbench', best(ours), best(ours)));
  for (const [layout, results] of rivals) {
    console.log(row(name, `PyTorch ${version ?? ''} ${layout}`, best(results), best(ours)));
  }
}
await bench.close();
