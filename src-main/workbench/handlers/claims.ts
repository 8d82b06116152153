import { claimsToCsv, claimsToLatex, claimsToMarkdown } from '../../claims/printed.ts';
import { saveClaim } from '../../claims/saveClaim.ts';
import { implementer } from '../implementer.ts';
import { compareRunPair } from '../results/claims/compareRunPair.ts';
import { judgedClaims } from '../results/claims/judgedClaims.ts';
import { studyReport } from '../results/report/studyReport.ts';

const { claims, reports } = implementer;

const renderers = { csv: claimsToCsv, markdown: claimsToMarkdown, latex: claimsToLatex };

export const claimHandlers = claims.router({
  list: claims.list.handler(({ input, context }) => judgedClaims(context, input)),

  render: claims.render.handler(async ({ input: { format, options, ...request }, context }) =>
    renderers[format](await judgedClaims(context, request), options),
  ),

  renderAll: claims.renderAll.handler(async ({ input, context }) => {
    const judged = await judgedClaims(context, input);
    const texts = {
      csv: claimsToCsv(judged),
      markdown: claimsToMarkdown(judged),
      latex: claimsToLatex(judged),
    };
    return { ...judged, texts };
  }),

  compare: claims.compare.handler(({ input: { first, second, evaluation }, context }) =>
    compareRunPair(context, first, second, evaluation),
  ),

  save: claims.save.handler(({ input, context: { home, log } }) => {
    const { better, worse, ...words } = input;
    return saveClaim(home, { ...words, better: log.runs.resolve(better), worse: log.runs.resolve(worse) });
  }),
});

export const reportHandlers = reports.router({
  render: reports.render.handler(({ input: { study, anonymous }, context }) =>
    studyReport(context, study, anonymous),
  ),
});
