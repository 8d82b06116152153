import { InvalidArgumentError, Option } from 'commander';
import { WorkbenchError } from '../../../foundation/errors.ts';
import { countText } from '../../../vocabulary/counts.ts';
import { fusionOverrides } from '../../../vocabulary/fusionOverrides.ts';
import { percentText } from '../../../vocabulary/percentages.ts';
import { protocols, scoringText } from '../../../vocabulary/protocols.ts';
import { testScalesText, shownTrainScale } from '../../../vocabulary/scales.ts';
import type { Fusion, FusionMember, Protocol } from '../../../workbench/contract.ts';
import { ensureEngine } from '../ensureEngine.ts';
import { textTable } from '../output/textTable.ts';
import type { Session } from '../Session.ts';
import type { AddCommand } from './AddCommand.ts';

interface Options {
  protocol?: Protocol;
  testScale?: number[];
  format?: 'csv' | 'markdown' | 'latex';
}

export const addFuse: AddCommand = (program, session) => {
  program
    .command('fuse')
    .description('average the posteriors of several runs (Sect. 4.4), scoring first what is not scored yet')
    .argument('<runs...>', 'two or more')
    .addOption(new Option('--protocol <NAME>', "for all, in place of each run's own").choices(protocols))
    .option('--test-scale <Q,…>', "for all, in place of each run's own", readScales)
    .addOption(new Option('--format <FORMAT>', 'how to print it').choices(['csv', 'markdown', 'latex']))
    .action(async (runs: string[], { protocol, testScale: testScales, format }: Options) => {
      const { client } = session;
      const settings = { runs, protocol, testScales };
      const before = await client.fusion.get(settings);
      const lacking = before.nets.filter(({ hasPosteriors }) => !hasPosteriors);
      if (lacking.length > 0) await ensureEngine(session);
      for (const net of lacking) await score(session, net);
      const fusion = lacking.length === 0 ? before : await client.fusion.get(settings);
      if (fusion.fused === null) throw imagesChanged(fusion);
      if (format === undefined) session.result(fusion, () => fusionText(fusion));
      else session.text(await client.fusion.render({ ...settings, format }));
    });
};

/** Evaluates a run in the way the fusion needs, and keeps the posteriors. */
async function score({ client, progress }: Session, net: FusionMember): Promise<void> {
  const { id, label } = net;
  const overrides = fusionOverrides(net);
  for await (const event of await client.evaluate({ run: id, overrides })) {
    if (event.type === 'progress') {
      progress.count(`${label}, ${event.activity}`, event.done, event.total);
    }
  }
}

function fusionText({ nets, fused }: Fusion): string {
  const rows = nets.map((net) => [
    net.label,
    net.config,
    shownTrainScale(net.trainScale),
    testScalesText(net.testScales),
    scoringText(net),
    percentText(net.alone?.top1Error),
    percentText(net.alone?.top5Error),
  ]);
  const mean = [`mean posterior of ${nets.length}`, '', '', '', ''];
  rows.push([...mean, percentText(fused?.top1Error), percentText(fused?.top5Error)]);
  return [
    textTable(['Run', 'Net', 'S>', 'Q>', 'Protocol', 'Top-1>', 'Top-5>'], rows),
    `${countText(fused?.images ?? 0)} validation images of ${fused?.dataset ?? ''}`,
  ].join('\n');
}

function imagesChanged({ nets }: Fusion): WorkbenchError {
  const left = nets.filter(({ hasPosteriors }) => !hasPosteriors).map(({ label }) => label);
  return new WorkbenchError(
    'fusion-images-changed',
    `The validation images of ${left.join(', ')} are no longer those of the training.`,
    'Restore the images that the runs were trained with.',
  );
}

function readScales(text: string): number[] {
  const scales = text.split(',').map(Number);
  if (scales.every((scale) => Number.isInteger(scale) && scale > 0)) return scales;
  throw new InvalidArgumentError('Q is one whole number, or several with commas between.');
}
