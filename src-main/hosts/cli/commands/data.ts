import { exitCodes } from '../exitCodes.ts';
import { countText } from '../../../vocabulary/counts.ts';
import { whereText } from '../output/findings.ts';
import { textTable } from '../output/textTable.ts';
import type { CheckEvent } from '../../../workbench/contract.ts';
import type { AddCommand } from './AddCommand.ts';
import { addFetching } from './fetching.ts';

type Report = Extract<CheckEvent, { type: 'report' }>['report'];

export const addData: AddCommand = (program, session) => {
  const data = program.command('data').description('datasets');
  addFetching(data, session);
  data
    .command('check')
    .description('decode every image and report what is wrong or notable')
    .argument('<dir>', 'a folder of images, or the name of a dataset')
    .option(
      '--validation-share <SHARE>',
      'of images without val/, the share of each class that validates',
      Number,
    )
    .option('--split-seed <NUMBER>', 'which of them validate (default: 1)', Number)
    .action(async (dataset: string, split: { validationShare?: number; splitSeed?: number }) => {
      for await (const event of await session.client.checkData({ dataset, ...split })) {
        if (event.type === 'progress') session.progress.count('checking images', event.done, event.total);
        else {
          session.result(event.report, () => reportText(event.report));
          if (event.report.errors > 0) session.exitCode = exitCodes.input;
        }
      }
    });
};

function reportText({ dataset, classes, images, errors, notes, findings, statistics }: Report): string {
  const parts = [
    `${dataset}: ${countText(images.train)} training and ${countText(images.val)} validation images of ${classes} classes`,
  ];
  if (statistics)
    parts.push(
      `Mean RGB of the training set: ${statistics.mean.map((value) => value.toFixed(3)).join(', ')}`,
    );
  if (findings.length > 0) {
    parts.push(
      textTable(
        ['', 'Where', 'What', ''],
        findings.map((finding) => [finding.severity, whereText(finding), finding.code, finding.fact]),
      ),
    );
  }
  parts.push(
    errors === 0
      ? `Every ${images.train === 0 ? 'validation image can be used, and there are none to train on' : 'image can be used'}; ${notes} notes.`
      : `${errors} errors, ${notes} notes. Mend or remove what is named, or leave it out with --skip-broken.`,
  );
  return parts.join('\n');
}
