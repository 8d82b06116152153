import type { Command } from 'commander';
import type { EvaluationEvent, Protocol } from '../../../workbench/contract.ts';
import { ensureEngine } from '../ensureEngine.ts';
import { countText } from '../../../vocabulary/counts.ts';
import { durationText } from '../../../vocabulary/durations.ts';
import { percentText } from '../../../vocabulary/percentages.ts';
import { scoringText } from '../../../vocabulary/protocols.ts';
import { testScalesText } from '../../../vocabulary/scales.ts';
import { responsivenessText } from '../output/responsiveness.ts';
import { weightsText } from '../output/weights.ts';
import { textTable } from '../output/textTable.ts';
import type { Session } from '../Session.ts';
import { sourcesOf, addSources, addSettings } from '../settings.ts';
import type { AddCommand } from './AddCommand.ts';

type Evaluation = Extract<EvaluationEvent, { type: 'evaluation' }>['evaluation'];

/** The protocols of Table 5, which `--protocol all` selects. */
const compared: Protocol[] = ['dense', 'multi-crop', 'multi-crop+dense'];

export const addEvaluate: AddCommand = (program, session, keys) => {
  const evaluate = program
    .command('evaluate')
    .description(
      'score a run, or a weights file, on validation images; --protocol all scores by dense, multi-crop and both',
    )
    .argument('[run|settings...]', 'a run, then any key of the configuration as key.path=value')
    .option(
      '--weights <FILE>',
      "a weights file in place of a run: safetensors, Caffe's, Keras's or torchvision's",
    )
    .option('--posteriors <CSV>', 'where to write the posterior of each image')
    .option('--overwrite', 'replaces that file also if it holds something else than posteriors');
  addSettings(addSources(evaluate), keys).action(async (words: string[], _: unknown, command: Command) => {
    const { weights, posteriors, overwrite, protocol } = command.opts<{
      weights?: string;
      posteriors?: string;
      overwrite?: true;
      protocol?: string;
    }>();
    const run = words.find((word) => !word.includes('='));
    const settings = words.filter((word) => word !== run);
    const all = protocol === 'all';
    if (all) command.setOptionValue('protocol', undefined);
    await ensureEngine(session);
    const events = await session.client.evaluate({
      ...sourcesOf(command, settings),
      run,
      weights,
      ...(all && { protocols: compared }),
      posteriorsFile: posteriors,
      overwrite,
    });
    const evaluations = await shown(events, session);
    if (!session.json) session.text(all ? comparedText(evaluations) : evaluations.map(singleText).join('\n'));
    if (posteriors !== undefined) session.progress.note(`Posteriors: ${posteriors}`);
  });
};

/** Shows the progress, and each evaluation as JSON if requested. @returns the evaluations */
async function shown(events: AsyncIterable<EvaluationEvent>, session: Session): Promise<Evaluation[]> {
  const evaluations: Evaluation[] = [];
  for await (const event of events) {
    switch (event.type) {
      case 'progress':
        session.progress.count(event.activity, event.done, event.total);
        break;
      case 'weights':
        session.progress.note(weightsText(event.weights));
        break;
      case 'note':
        session.progress.note(`Note: ${event.text}`);
        break;
      case 'unresponsive':
      case 'responsive':
        session.progress.note(responsivenessText(event));
        break;
      case 'evaluation': {
        const { top1Error, top5Error, images, protocol, testScales, seconds, ...rest } = event.evaluation;
        evaluations.push(event.evaluation);
        if (session.json)
          session.line({ top1Error, top5Error, images, protocol, testScales, seconds, ...rest });
      }
    }
  }
  return evaluations;
}

function singleText(evaluation: Evaluation): string {
  const { top1Error, top5Error, images, testScales, seconds, dataset } = evaluation;
  return [
    `top-1 error ${percentText(top1Error)}, top-5 error ${percentText(top5Error)}`,
    `${scoringText(evaluation)} at Q=${testScalesText(testScales)}, ${countText(images)} images of ${dataset.name}, ${durationText(seconds)}`,
  ].join('\n');
}

/** The evaluations compared, in the order of Table 5. */
function comparedText(evaluations: readonly Evaluation[]): string {
  const inOrder = compared.flatMap((protocol) => evaluations.filter((one) => one.protocol === protocol));
  const [first] = inOrder;
  return [
    textTable(
      ['Protocol', 'Q>', 'Top-1>', 'Top-5>', 'Took>'],
      inOrder.map((evaluation) => [
        scoringText(evaluation),
        testScalesText(evaluation.testScales),
        percentText(evaluation.top1Error),
        percentText(evaluation.top5Error),
        durationText(evaluation.seconds),
      ]),
    ),
    `${countText(first?.images ?? 0)} images of ${first?.dataset.name ?? ''}`,
  ].join('\n');
}
