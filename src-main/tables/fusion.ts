import { stringify } from 'csv-stringify/sync';
import { formatTestScales, formatTrainScale } from '../configuration/scales.ts';
import type { EvaluationSettings, Configuration, TrainScale } from '../configuration/schema.ts';
import { escapeLatex } from './latex.ts';
import { escapeMarkdown } from './markdown.ts';
import { protocolText } from './notes.ts';

/** In %. */
interface ErrorRates {
  top1Error: number;
  top5Error: number;
}

/** One of the nets that are fused, and how it was scored. Scales in pixels, errors in %; null before it was scored. */
export interface FusedNet extends Pick<
  EvaluationSettings,
  'protocol' | 'average' | 'horizontalFlip' | 'testScales'
> {
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

/** What all nets have in common, or that each has its own. */
function sharedText(nets: readonly FusedNet[], textOf: (net: FusedNet) => string): string {
  const [text = '', ...others] = new Set(nets.map(textOf));
  return others.length === 0 ? text : 'as each net';
}

/** A row for each net and one for their mean: the texts of {@link heads}; what is not known is empty. */
function rows({ nets, fused }: FusionTable): string[][] {
  const scalesOf = ({ testScales }: FusedNet) => formatTestScales(testScales);
  const errors = (rates: ErrorRates | null) =>
    rates === null ? ['', ''] : [rates.top1Error.toFixed(2), rates.top5Error.toFixed(2)];
  return [
    ...nets.map((net) => [
      net.label,
      net.config,
      formatTrainScale(net.trainScale),
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

export function fusionToMarkdown(table: FusionTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const rule = heads.map((_, column) => (column < texts ? ' --- ' : ' ---: ')).join('|');
  return `${[line(heads), `|${rule}|`, ...rows(table).map(line)].join('\n')}\n\n${escapeMarkdown(provenance(table))}\n`;
}

export function fusionToLatex(table: FusionTable): string {
  const line = (cells: readonly string[]) => `    ${cells.map(escapeLatex).join(' & ')} \\\\`;
  const all = rows(table).map(line);
  return [
    '% \\usepackage{booktabs}',
    '\\begin{table}',
    '  \\centering',
    `  \\caption{Fusion of nets. ${escapeLatex(provenance(table))}}`,
    '  \\label{tab:fusion}',
    `  \\begin{tabular}{${'l'.repeat(texts)}${'r'.repeat(heads.length - texts)}}`,
    '    \\toprule',
    line(heads),
    '    \\midrule',
    ...all.slice(0, -1),
    '    \\midrule',
    ...all.slice(-1),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}

/** A line for each net and one for their mean, whose errors have all decimals that 50,000 images resolve. */
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
        train_scale: formatTrainScale(net.trainScale),
        test_scale: formatTestScales(net.testScales),
        protocol: protocolText(net),
        ...errors(net.alone),
      })),
      {
        run: 'mean posterior',
        config: nets.map(({ config }) => config).join('+'),
        train_scale: '',
        test_scale: sharedText(nets, ({ testScales }) => formatTestScales(testScales)),
        protocol: sharedText(nets, protocolText),
        ...errors(fused),
      },
    ],
    { header: true },
  );
}
