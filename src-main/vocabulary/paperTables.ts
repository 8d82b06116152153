import type { Configuration } from './configurations.ts';
import type { ErrorRates } from './errorRates.ts';
import type { Protocol } from './protocols.ts';
import { runKeyText } from './runKey.ts';
import type { TrainScale } from './scales.ts';

/** A row of Tables 3 to 6: how nets were trained and tested, and the errors in % on ILSVRC's validation set. */
interface Row extends ErrorRates {
  /** Unique over all tables: `3:D@256-512`, with the protocol in Tables 5 and 6. */
  id: string;
  /** S in pixels at the paper's crop of 224. */
  trainScale: TrainScale;
  /** Q in pixels at the paper's crop of 224. */
  testScales: readonly number[];
  protocol: Protocol;
}

/** A row of Tables 3 to 5: one net. */
export interface PaperRow extends Row {
  config: Configuration;
}

/** A row of Table 6: several nets whose posteriors are averaged. */
export interface FusionRow extends Row {
  configs: readonly Configuration[];
}

export type TableRow = PaperRow | FusionRow;

export const tableNumbers = [3, 4, 5, 6] as const;
export type TableNumber = (typeof tableNumbers)[number];

/** The tables that a study fills unless others are requested. */
export const defaultTables: readonly TableNumber[] = [3, 4];

const jitter: TrainScale = [256, 512];
const threeScales = [256, 384, 512];

/** Table 3: a single test scale, dense evaluation. */
export const table3: readonly PaperRow[] = dense(3, [
  ['A', 256, [256], 29.6, 10.4],
  ['A-LRN', 256, [256], 29.7, 10.5],
  ['B', 256, [256], 28.7, 9.9],
  ['C', 256, [256], 28.1, 9.4],
  ['C', 384, [384], 28.1, 9.3],
  ['C', jitter, [384], 27.3, 8.8],
  ['D', 256, [256], 27.0, 8.8],
  ['D', 384, [384], 26.8, 8.7],
  ['D', jitter, [384], 25.6, 8.1],
  ['E', 256, [256], 27.3, 9.0],
  ['E', 384, [384], 26.9, 8.7],
  ['E', jitter, [384], 25.5, 8.0],
]);

/** Table 4: several test scales, dense evaluation. */
export const table4: readonly PaperRow[] = dense(4, [
  ['B', 256, [224, 256, 288], 28.2, 9.6],
  ['C', 256, [224, 256, 288], 27.7, 9.2],
  ['C', 384, [352, 384, 416], 27.8, 9.2],
  ['C', jitter, threeScales, 26.3, 8.2],
  ['D', 256, [224, 256, 288], 26.6, 8.6],
  ['D', 384, [352, 384, 416], 26.5, 8.6],
  ['D', jitter, threeScales, 24.8, 7.5],
  ['E', 256, [224, 256, 288], 26.9, 8.7],
  ['E', 384, [352, 384, 416], 26.7, 8.6],
  ['E', jitter, threeScales, 24.8, 7.5],
]);

/** Table 5: dense evaluation, multi-crop evaluation, and both. */
export const table5: readonly PaperRow[] = [
  compared('D', 'dense', 24.8, 7.5),
  compared('D', 'multi-crop', 24.6, 7.5),
  compared('D', 'multi-crop+dense', 24.4, 7.2),
  compared('E', 'dense', 24.8, 7.5),
  compared('E', 'multi-crop', 24.6, 7.4),
  compared('E', 'multi-crop+dense', 24.4, 7.1),
];

/** The part of Table 6 made after the submission: the fusion of D and E. */
export const table6: readonly FusionRow[] = [
  fused(['D', 'E'], 'dense', 24.0, 7.1),
  fused(['D', 'E'], 'multi-crop', 23.9, 7.2),
  fused(['D', 'E'], 'multi-crop+dense', 23.7, 6.8),
];

export function paperTable(table: TableNumber): readonly TableRow[] {
  return { 3: table3, 4: table4, 5: table5, 6: table6 }[table];
}

/** The nets of a row: one, or several that are fused. */
export function netsOf(row: TableRow): readonly Configuration[] {
  return 'configs' in row ? row.configs : [row.config];
}

/** `D`, or `D + E` for fused nets. */
export function netsText(row: TableRow): string {
  return netsOf(row).join(' + ');
}

/** The trainings that a row needs, one per net: `D@256-512`. Rows of different tables share them. */
export function trainingsOf(row: TableRow): string[] {
  return netsOf(row).map((net) => runKeyText({ net, trainScale: row.trainScale }));
}

/** Whether the rows of a table differ in the protocol; in Tables 3 and 4 all rows have the same. */
export function comparesProtocols(table: TableNumber): boolean {
  return table === 5 || table === 6;
}

/** The row that the others of a table are measured against, in words; `referenceOf` of tables finds it. */
export function referenceText(table: TableNumber): string {
  if (table === 6) return 'the first row';
  return table === 5 ? 'the same net by dense evaluation' : 'the first row of the same S';
}

/** A row as printed: net, S, Q, and the errors. */
type DenseRow = readonly [
  config: Configuration,
  trainScale: TrainScale,
  testScales: readonly number[],
  top1Error: number,
  top5Error: number,
];

function dense(table: TableNumber, rows: readonly DenseRow[]): PaperRow[] {
  return rows.map(([config, trainScale, testScales, top1Error, top5Error]) => {
    const id = `${table}:${runKeyText({ net: config, trainScale })}`;
    return { id, config, trainScale, testScales, protocol: 'dense', top1Error, top5Error };
  });
}

function compared(config: Configuration, protocol: Protocol, top1Error: number, top5Error: number): PaperRow {
  const id = `5:${runKeyText({ net: config, trainScale: jitter })}:${protocol}`;
  return { id, config, trainScale: jitter, testScales: threeScales, protocol, top1Error, top5Error };
}

function fused(
  configs: readonly Configuration[],
  protocol: Protocol,
  top1Error: number,
  top5Error: number,
): FusionRow {
  const id = `6:${runKeyText({ net: configs.join('+'), trainScale: jitter })}:${protocol}`;
  return { id, configs, trainScale: jitter, testScales: threeScales, protocol, top1Error, top5Error };
}
