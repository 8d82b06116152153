import { resolve } from 'node:path';
import { WorkbenchError } from '../../../foundation/errors.ts';
import { writeFileAtomically } from '../../../foundation/files.ts';
import type { AddCommand } from './AddCommand.ts';

export const addReport: AddCommand = (program, session) => {
  program
    .command('report')
    .description('write a study as one HTML file: claims, tables, curves, protocol, data, environment')
    .option('--study <ID>', 'the study (default: the newest)')
    .requiredOption('--out <FILE>', 'the file, which is replaced')
    .option('--anonymous', 'without folders, names of own images and presets, ids and commits')
    .action(async ({ study, out, anonymous }: { study?: string; out: string; anonymous?: true }) => {
      const { client } = session;
      const chosen = study ?? (await client.studies.list())[0]?.id;
      if (chosen === undefined) {
        throw new WorkbenchError(
          'study-not-found',
          'There is no study yet.',
          'Make one with npm run -s vgg -- reproduce.',
        );
      }
      const path = resolve(out);
      writeFileAtomically(
        path,
        await client.reports.render({ study: chosen, anonymous: anonymous === true }),
      );
      session.result({ study: chosen, file: path }, () => `Report: ${path}`);
    });
};
