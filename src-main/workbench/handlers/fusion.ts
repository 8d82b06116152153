import { WorkbenchError } from '../../foundation/errors.ts';
import { fusionToCsv, fusionToLatex, fusionToMarkdown } from '../../tables/fusion.ts';
import type { Protocol } from '../../vocabulary/protocols.ts';
import type { Fusion, FusionMember } from '../contract.ts';
import { scoredRun } from '../results/fusedRuns.ts';
import { implementer } from '../implementer.ts';
import type { Workbench } from '../Workbench.ts';

const { fusion } = implementer;

const renderers = { csv: fusionToCsv, markdown: fusionToMarkdown, latex: fusionToLatex };

export const fusionHandlers = fusion.router({
  get: fusion.get.handler(({ input, context }) => fused(context, input)),
  render: fusion.render.handler(async ({ input: { format, ...settings }, context }) =>
    renderers[format](await fused(context, settings)),
  ),
});

interface FusionSettings {
  runs: string[];
  protocol?: Protocol | undefined;
  testScales?: number[] | undefined;
}

/** @throws WorkbenchError `fusion-of-one`, and those of fusion */
async function fused(
  { log, outcomes }: Workbench,
  { runs: requested, protocol, testScales }: FusionSettings,
): Promise<Fusion> {
  const ids = new Set(requested.map((id) => log.runs.resolve(id)));
  if (ids.size < 2) {
    throw new WorkbenchError(
      'fusion-of-one',
      `There is nothing to fuse run ${[...ids].join()} with.`,
      'Name two or more different runs.',
    );
  }
  const nets: FusionMember[] = [];
  const parts = [];
  for (const run of [...ids].map((id) => log.runs.get(id))) {
    const own = run.config.evaluation;
    const way = { protocol: protocol ?? own.protocol, testScales: testScales ?? own.testScales };
    const { evaluation, posteriors } = scoredRun(log, run, way);
    if (posteriors) parts.push(posteriors);
    nets.push({
      id: run.id,
      name: run.name,
      colour: run.colour,
      label: run.name || run.id,
      config: run.config.network.config,
      trainScale: run.config.data.trainScale,
      ...way,
      average: own.average,
      horizontalFlip: own.horizontalFlip,
      checkpoint: own.checkpoint,
      alone: evaluation && { top1Error: evaluation.top1Error, top5Error: evaluation.top5Error },
      hasPosteriors: posteriors !== null,
    });
  }
  return { nets, fused: parts.length === nets.length ? (await outcomes.ofMean(parts)).errors : null };
}
