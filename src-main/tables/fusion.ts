import { stringify } from 'csv-stringify/sync';
import { plainCell } from '../vocabulary/csvText.ts';
import type { Configuration } from '../vocabulary/configurations.ts';
import type { ErrorRates } from '../vocabulary/errorRates.ts';
import { latexTable } from '../vocabulary/latex.ts';
import { escapeMarkdown, markdownTable } from '../vocabulary/markdown.ts';
import { protocolText, type EvaluationProtocol } from '../vocabulary/protocols.ts';
import { shownTrainScale, testScalesText, trainScaleText, type TrainScale } from '../vocabulary/scales.ts';

/** One of the nets that are fused, and how it was scored. Scales in pixels, errors in %; null before it was scored. */
export interface FusedNet extends EvaluationProtocol {
  label: string;
  config: Configuration;
  trainScale: TrainScale;
  checkpoint: string;
  alone: ErrorRates | null;
}

/** Nets and the mean of their posteriors; null while one of them is not scored. */
export interface FusionTable {
  nets: readonly FusedNet[];
  fused: (ErrorRates & { images: number; dataset: string }) | null;
}

const heads = ['Run', 'Config', 'S', 'Q', 'Evaluation', 'Top-1', 'Top-5'];
const texts = 5;

/** The text that all nets share, or one saying that each has its own. */
function sharedText(nets: readonly FusedNet[], textOf: (net: FusedNet) => string): string {
  const [text = '', ...others] = new Set(nets.map(textOf));
  return others.length === 0 ? text : 'as each net';
}

/** A row for each net and one for their mean: the texts of {@link heads}; unknown values are empty. */
function rows({ nets, fused }: FusionTable): string[][] {
  const scalesOf = ({ testScales }: FusedNet) => testScalesText(testScales);
  const errors = (rates: ErrorRates | null) =>
    rates === null ? ['', ''] : [rates.top1Error.toFixed(2), rates.top5Error.toFixed(2)];
  return [
    ...nets.map((net) => [
      net.label,
      net.config,
      shownTrainScale(net.trainScale),
      scalesOf(net),
      protocolText(net),
      ...errors(net.alone),
    ]),
    [
      `mean posterior of ${nets.length} nets`,
      '',
      '',
      sharedText(nets, scalesOf),
      sharedText(nets, protocolText),
      ...errors(fused),
    ],
  ];
}

function provenance({ fused }: FusionTable): string {
  return fused === null
    ? 'Not all of these nets were scored.'
    : `Top-1 and top-5 error (%) on ${fused.images} validation images of ${fused.dataset}.`;
}

const isText = (column: number) => column < texts;

export function fusionToMarkdown(table: FusionTable): string {
  return `${markdownTable(heads, rows(table), isText)}

${escapeMarkdown(provenance(table))}
`;
}

export function fusionToLatex(table: FusionTable): string {
  const all = rows(table);
  return latexTable({
    caption: `Fusion of nets. ${provenance(table)}`,
    label: 'tab:fusion',
    heads,
    isText,
    groups: [{ rows: all.slice(0, -1) }, { rows: all.slice(-1) }],
  });
}

/** A line for each net and one for their mean; errors have all the decimals that 50,000 images resolve. */
export function fusionToCsv({ nets, fused }: FusionTable): string {
  const decimals = (value: number | undefined) =>
    value === undefined ? '' : String(Number(value.toFixed(4)));
  const errors = (rates: ErrorRates | null) => ({
    top1_error: decimals(rates?.top1Error),
    top5_error: decimals(rates?.top5Error),
    images: fused?.images ?? '',
    dataset: fused?.dataset ?? '',
  });
  return stringify(
    [
      ...nets.map((net) => ({
        run: net.label,
        config: net.config,
        train_scale: trainScaleText(net.trainScale),
        test_scale: testScalesText(net.testScales),
        protocol: protocolText(net),
        ...errors(net.alone),
      })),
      {
        run: 'mean posterior',
        config: nets.map(({ config }) => config).join('+'),
        train_scale: '',
        test_scale: sharedText(nets, ({ testScales }) => testScalesText(testScales)),
        protocol: sharedText(nets, protocolText),
        ...errors(fused),
      },
    ],
    { header: true, cast: { string: plainCell } },
  );
}
