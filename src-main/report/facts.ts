import type { JudgedClaims } from '../claims/judged.ts';
import type { ResultTable } from '../tables/resultTable.ts';
import type { ComparisonTable } from '../tables/comparison/rows.ts';
import type { Curve } from './lineChart.ts';

/** A training as a report lists it; texts as they are printed. */
export interface ReportRun {
  key: string;
  id: string;
  seed: number;
  status: string;
  epochs: string;
  converged: string;
  /** Top-1 error in % by its own evaluation; null before there is one. */
  top1Error: number | null;
}

/** Everything that a report is made of. */
export interface ReportFacts {
  study: string;
  preset: string;
  finishedAt: string | null;
  workbench: string;
  /** What was trained on: name, numbers of images, fingerprints. */
  data: readonly (readonly [term: string, value: string])[];
  /** Each environment in which runs were trained. */
  environments: readonly (readonly (readonly [term: string, value: string])[])[];
  /** The settings that all runs share, and those in which they differ. */
  settings: readonly { key: string; values: string }[];
  runs: readonly ReportRun[];
  tables: readonly ResultTable[];
  comparison: ComparisonTable | null;
  claims: JudgedClaims;
  validation: readonly Curve[];
  loss: readonly Curve[];
  /** Norm of each layer's gradient at the last step that has it. */
  layers: readonly Curve[];
  checklist: readonly { asked: string; met: boolean | null; answer: string }[];
}
