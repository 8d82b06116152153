import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { forkTrainer } from '../../src-main/hosts/forkTrainer.ts';
import { describeNetwork } from '../../src-main/vgg/describe.ts';
import { localClient } from '../../src-main/workbench/api.ts';
import { plainHost } from '../../src-main/workbench/Host.ts';
import { Workbench } from '../../src-main/workbench/Workbench.ts';
import { wholeNumber } from '../support/wholeNumber.ts';
import { cases, nameOf, type Case } from './cases.ts';
import { peerModes, peersOf, usualModes, workbench, type Measure, type Result } from './contestants.ts';
import { floorOf, measurePeak } from './floor.ts';
import { growth } from './growth.ts';

/*
 * The workbench beside PyTorch, ONNX Runtime and OpenVINO: the same nets and sizes, each contestant in a process of its own,
 * one after the other, in several rounds. The fastest step of a turn counts, and the median of the turns: on a machine that
 * others use too, the turns of a round see the same machine, so a ratio is the median of the rounds' ratios.
 */

interface Options {
  rounds: number;
  steps: number;
  python: string;
  only: string;
  with: string;
  growth?: string;
}

const workbenchName = 'workbench';

const options = new Command('npm run bench --')
  .description('Measures the workbench beside PyTorch, ONNX Runtime and OpenVINO (see docs/speed.md).')
  .option('--rounds <COUNT>', 'turns of each', wholeNumber(1), 3)
  .option('--steps <COUNT>', 'of a turn', wholeNumber(1), 3)
  .option('--python <PROGRAM>', 'the Python that has the others', 'python3')
  .option('--only <CASES>', 'beginnings of the cases that are measured, such as A/224,D/56', '')
  .option(
    '--with <NAMES>',
    `those that the workbench is measured beside, of ${peerModes.join(', ')}; with bfloat16 it trains in that too`,
    usualModes.join(','),
  )
  .option('--growth <FOLDER>', 'instead, plots of how cost grows, of the workbench alone, into a folder')
  .parse()
  .opts<Options>();

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2;
}

/** Three digits. */
function text(rate: number): string {
  return String(Number(rate.toPrecision(3)));
}

/** The turns of one contestant, and of the workbench in the same rounds, as a row of the table. */
function row(each: Case, contestant: string, turns: readonly Result[], ours: readonly Result[]): string {
  const rate = (pick: (result: Result) => number | null) => {
    const rates = turns.flatMap((result) => pick(result) ?? []);
    const ratios = turns.flatMap((result, round) => {
      const [its, own] = [pick(result), ours[round] ? pick(ours[round]) : null];
      return its === null || own === null ? [] : [own / its];
    });
    if (rates.length === 0) return ['', ''];
    return [text(median(rates)), turns === ours ? '' : median(ratios).toFixed(2)];
  };
  const cells = [
    nameOf(each),
    contestant,
    ...rate((result) => result.trainImagesPerSecond),
    ...rate((result) => result.inferenceImagesPerSecond),
    (median(turns.map(({ peakRssBytes }) => peakRssBytes)) / 1e9).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The results of all rounds. A peer that fails is left out of the rounds after that, the workbench is not. */
async function inTurns(contestants: Map<string, Measure>, each: Case): Promise<Map<string, Result[]>> {
  const turns = new Map<string, Result[]>([...contestants.keys()].map((name) => [name, []]));
  for (let round = 0; round < options.rounds; round++) {
    for (const [name, measure] of contestants) {
      try {
        turns.get(name)?.push(await measure(each));
      } catch (error) {
        if (name === workbenchName) throw error;
        const reason = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
        console.error(`${name} fails at ${nameOf(each)}: ${reason}`);
        contestants.delete(name);
      }
    }
  }
  return new Map([...turns].filter(([, results]) => results.length > 0));
}

async function compare(own: Measure, ownInBfloat16: Measure): Promise<void> {
  const chosen = options.with.split(',');
  const modes = peerModes.filter((mode) => chosen.includes(mode));
  const others = peersOf(options.python, modes, options.steps);
  if (modes.includes('bfloat16')) others.set('workbench bfloat16', ownInBfloat16);
  const peak = measurePeak();
  if (peak) {
    const [flops, bytes] = [peak.flops, peak.bytes].map((value) => (value / 1e9).toFixed(0));
    console.log(`Peak: ${flops} GFLOP/s, ${bytes} GB/s.\n`);
  }
  console.log('| net | with | training, images/s | ours is | inference, images/s | ours is | peak GB |');
  console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: |');
  const beginnings = options.only.split(',');
  for (const each of cases) {
    if (!beginnings.some((beginning) => `${each.config}/${each.crop}`.startsWith(beginning))) continue;
    const turns = await inTurns(new Map([[workbenchName, own], ...others]), each);
    const ours = turns.get(workbenchName) ?? [];
    for (const [name, results] of turns) console.log(row(each, name, results, ours));
    if (!peak) continue;
    const { batch, ...architecture } = each;
    const floor = floorOf(describeNetwork({ ...architecture, classes: 1000 }), batch, peak);
    const cells = [text(floor.trainByFlops), '', text(floor.inferenceByFlops), '', ''];
    console.log(`| ${nameOf(each)} | direct sum at the peak | ${cells.join(' | ')} |`);
    console.log(`| ${nameOf(each)} | memory at the peak | ${text(floor.trainByBytes)} | | | | |`);
  }
}

if (options.growth === undefined) {
  const home = join(tmpdir(), 'vgg-bench');
  const bench = new Workbench({ home, startTrainer: forkTrainer, host: plainHost('command line') });
  const client = localClient(bench);
  await compare(workbench(client, options.steps), workbench(client, options.steps, 'bfloat16'));
  await bench.close();
} else {
  growth(options.growth, options.rounds, options.steps);
}
