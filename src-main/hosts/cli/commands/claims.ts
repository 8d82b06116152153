import { Option } from 'commander';
import type { JudgedClaims } from '../../../workbench/contract.ts';
import { claimsText } from '../output/claims.ts';
import { pairText } from '../output/paired.ts';
import type { AddCommand } from './AddCommand.ts';

interface Options {
  study?: string;
  runs?: string[];
  claims?: string;
  format?: 'csv' | 'markdown' | 'latex';
}

export const addClaims: AddCommand = (program, session) => {
  const claims = program
    .command('claims')
    .description("say which of the paper's claims the runs of a study support, and how sure that is")
    .option(
      '--study <ID>',
      'the study (default: of the tables, and of each comparison, the one that tells most)',
    )
    .addOption(
      new Option('--runs <RUN,…>', "these runs in place of a study's")
        .argParser((text: string) => text.split(',').map((run) => run.trim()))
        .conflicts('study'),
    )
    .option('--claims <FILE>', "a file of claims in place of the paper's")
    .addOption(new Option('--format <FORMAT>', 'how to print them').choices(['csv', 'markdown', 'latex']))
    .action(async ({ study, runs, claims: file, format }: Options) => {
      const { client } = session;
      const request = { study, runs, file };
      if (format !== undefined && !session.json) {
        session.text(await client.claims.render({ ...request, format }));
        return;
      }
      const judged = await client.claims.list(request);
      session.result(shortForm(judged), () => claimsText(judged));
    });
  claims
    .command('compare')
    .description('compare two runs image by image, each by its own evaluation')
    .argument('<first>', 'a run')
    .argument('<second>', 'a run scored on the same images')
    .option(
      '--evaluation <KEY>',
      'by these predictions of both: the name of a file in predictions/, without .csv',
    )
    .action(async (first: string, second: string, { evaluation }: { evaluation?: string }) => {
      const compared = await session.client.claims.compare({ first, second, evaluation });
      session.result(compared, () => pairText(compared));
    });
  claims
    .command('save')
    .description("keep the claim that one run is better than another among one's own")
    .argument('<name>', 'of the claim')
    .argument('<better>', 'a run')
    .argument('<worse>', 'a run')
    .option('--sentence <TEXT>', 'what is claimed, in words')
    .action(async (name: string, better: string, worse: string, { sentence }: { sentence?: string }) => {
      const saved = await session.client.claims.save({ name, better, worse, sentence });
      session.result(
        saved,
        () => `Kept in ${saved.path}; npm run -s vgg -- claims judges it with the others.`,
      );
    });
};

/** What programs rely on. The verdicts go by the p-values that Holm's method has adjusted among all that were tested. */
function shortForm({ study, claims, tested }: JudgedClaims) {
  return {
    study,
    tested,
    claims: claims.map(({ id, section, verdict, effect, low, high, paperEffect, ...claim }) => {
      const { pValue, pAdjusted, images, seeds } = claim;
      return { id, section, verdict, effect, low, high, pValue, pAdjusted, images, seeds, paperEffect };
    }),
  };
}
