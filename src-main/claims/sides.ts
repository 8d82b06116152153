import { comparesProtocols } from '../vocabulary/paperTables.ts';
import { testScalesText, shownTrainScale } from '../vocabulary/scales.ts';
import { cellRow } from './cellRow.ts';
import type { Cell, MeasuredSide } from './definition.ts';
import type { JudgedSide } from './judged.ts';

const nothing = { table: null, net: null, trainScale: null, testScales: null, protocol: null, run: null };

/** A side before anything of it was measured, with what the paper says of it. */
export function plainSide(side: MeasuredSide): JudgedSide {
  const blank = { ...nothing, error: null, paper: side.paper ?? null, runs: [] };
  if ('id' in side) return { ...blank, run: side.id, label: side.label ?? side.id };
  if ('comparison' in side) {
    return { ...blank, run: `${side.comparison}: ${side.run}`, label: side.label ?? side.run };
  }
  const row = cellRow(side);
  const { testScales, protocol } = cellScoring(side);
  return {
    ...blank,
    label: side.label ?? cellText(side),
    table: side.table ?? null,
    net: side.net.join('+'),
    trainScale: side.S,
    testScales,
    protocol,
    paper: side.paper ?? row?.top1Error ?? null,
  };
}

/** How a cell is scored: at Q of the paper's crop; by the study's protocol where that is null. */
export function cellScoring(cell: Cell): Pick<JudgedSide, 'testScales' | 'protocol'> {
  const row = cellRow(cell);
  const own = cell.table !== undefined && comparesProtocols(cell.table) ? (row?.protocol ?? null) : null;
  return { testScales: cell.Q ?? row?.testScales ?? [], protocol: cell.protocol ?? own };
}

/** `D, S 256–512, Q 384, multi-crop` */
function cellText(cell: Cell): string {
  const { testScales, protocol } = cellScoring(cell);
  return [
    cell.net.join(' + '),
    `S ${shownTrainScale(cell.S)}`,
    `Q ${testScalesText(testScales ?? [])}`,
    ...(protocol === null ? [] : [protocol]),
  ].join(', ');
}
