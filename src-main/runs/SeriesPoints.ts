import { decimate } from './decimate.ts';
import {
  noPoints,
  packBlock,
  pointAt,
  pointsOfBlock,
  pushPoint,
  stretchOf,
  unpackInto,
  type Extreme,
  type MetricBlock,
  type Points,
  type Stretch,
} from './metricBlocks.ts';
import type { SeriesWindow } from './records.ts';
import type { RunDatabase } from './RunDatabase.ts';

type PointRow = [step: number, epoch: number, seconds: number, value: number | null];
type BlockRow = Omit<MetricBlock, 'lowest' | 'highest' | 'content'> & {
  id: number;
  lowest: string | null;
  highest: string | null;
};

/** Rows are packed when there are so many: the latest points stay rows, since they are the ones that change. */
export const rowsToPack = 2 * pointsOfBlock;
/** Rows that are packed at once: an earlier version had nothing but rows. */
const rowsAtOnce = 64 * pointsOfBlock;

/**
 * The points of series: the latest as rows, all before as blocks of a thousand. A thinned curve of millions of points is
 * drawn from the extremes of the blocks.
 */
export class SeriesPoints {
  readonly #database: RunDatabase;
  readonly #statements;

  constructor(database: RunDatabase) {
    this.#database = database;
    this.#statements = statements(database);
  }

  /**
   * Adds points after all others, in order of step.
   *
   * @param rows the number of rows that the series has
   * @returns the number that it has now
   */
  append(seriesId: number, rows: number, added: readonly Extreme[]): number {
    if (rows + added.length < rowsToPack) {
      for (const point of added) this.#putRow(seriesId, point);
      return rows + added.length;
    }
    let left = rows;
    while (left >= rowsToPack) left = this.pack(seriesId, left);
    const points = this.#rows(seriesId, 0, Number.MAX_SAFE_INTEGER);
    for (const point of added) pushPoint(points, point);
    const packed = this.#packAll(seriesId, points);
    if (packed > 0) this.#statements.removeRows.run({ seriesId, from: 0, to: Number.MAX_SAFE_INTEGER });
    for (let index = packed > 0 ? packed : left; index < points.steps.length; index++)
      this.#putRow(seriesId, pointAt(points, index));
    return points.steps.length - packed;
  }

  /** Adds points anywhere; one at the step of another replaces it. @returns the number of rows now */
  replace(seriesId: number, points: readonly Extreme[]): number {
    this.#unpackFrom(seriesId, Math.min(...points.map(({ step }) => step)));
    for (const point of points) this.#putRow(seriesId, point);
    return this.#statements.countRows.get({ seriesId }) ?? 0;
  }

  /** Deletes the points after a step. @returns whether there were any, and the number of rows now */
  truncateAfter(seriesId: number, step: number): { changed: boolean; rows: number } {
    const removed = this.#statements.removeBlocks.run({ seriesId, step });
    this.#unpackFrom(seriesId, step + 1);
    const rows = this.#statements.removeRows.run({ seriesId, from: step + 1, to: Number.MAX_SAFE_INTEGER });
    return { changed: removed + rows > 0, rows: this.#statements.countRows.get({ seriesId }) ?? 0 };
  }

  /** Packs the first rows of a series that has too many. @returns the number of rows now */
  pack(seriesId: number, rows: number): number {
    if (rows < rowsToPack) return rows;
    const points = pointsOfRows(this.#statements.firstRows.all({ seriesId, limit: rowsAtOnce }));
    const packed = this.#packAll(seriesId, points);
    this.#statements.removeRows.run({ seriesId, from: 0, to: points.steps[packed - 1] ?? -1 });
    return rows - packed;
  }

  /** The points in a window; at most `maxPoints`, spikes kept. */
  read(seriesId: number, window: SeriesWindow): Points {
    const { maxPoints = Infinity, fromStep = 0, toStep = Number.MAX_SAFE_INTEGER } = window;
    return this.#database.snapshot(() => {
      const blocks = this.#statements.blocks.all({ seriesId, from: fromStep, to: toStep });
      const stretches = Math.floor((maxPoints - 2) / 2);
      if (stretches > 4 && blocks.length > stretches / 2)
        return this.#coarse(seriesId, blocks, stretches, { fromStep, toStep });
      const points = noPoints();
      for (const { id } of blocks) unpackInto(points, this.#content(id), fromStep, toStep);
      joinTo(points, this.#rows(seriesId, fromStep, toStep));
      if (points.steps.length <= maxPoints) return points;
      const thinned = noPoints();
      for (const index of decimate(points.values, maxPoints)) pushPoint(thinned, pointAt(points, index));
      return thinned;
    });
  }

  /** The stretches that a window reaches into, in order: a tenth of the time of {@link read} where every value is needed. */
  stretches(seriesId: number, { fromStep = 0, toStep = Number.MAX_SAFE_INTEGER }: SeriesWindow): Stretch[] {
    return this.#database.snapshot(() => {
      const blocks = this.#statements.blocks.all({ seriesId, from: fromStep, to: toStep });
      return [
        ...blocks.map(({ id }) => stretchOf(this.#content(id))),
        this.#rows(seriesId, fromStep, toStep),
      ];
    });
  }

  /** A line of the extremes of groups of blocks; the blocks at the ends, which the window may cut, and rows are read. */
  #coarse(
    seriesId: number,
    blocks: readonly BlockRow[],
    stretches: number,
    { fromStep, toStep }: { fromStep: number; toStep: number },
  ): Points {
    const [first, last] = [noPoints(), noPoints()];
    unpackInto(first, this.#content(blocks[0]?.id ?? 0), fromStep, toStep);
    unpackInto(last, this.#content(blocks.at(-1)?.id ?? 0), fromStep, toStep);
    joinTo(last, this.#rows(seriesId, fromStep, toStep));
    const inner = blocks.slice(1, -1);
    const groups = Math.min(inner.length, stretches - 4);
    const points = noPoints();
    for (const index of decimate(first.values, 4)) pushPoint(points, pointAt(first, index));
    for (let group = 0; group < groups; group++) {
      const members = inner.slice(
        Math.floor((group * inner.length) / groups),
        Math.floor(((group + 1) * inner.length) / groups),
      );
      for (const point of this.#extremesOf(members)) pushPoint(points, point);
    }
    for (const index of decimate(last.values, 4)) pushPoint(points, pointAt(last, index));
    return points;
  }

  /** The lowest and the highest point of blocks in order of step; where none is finite, the first of all. */
  #extremesOf(blocks: readonly BlockRow[]): Extreme[] {
    const lowest = extreme(blocks, 'lowest', (value, other) => value < other);
    const highest = extreme(blocks, 'highest', (value, other) => value > other);
    if (lowest && highest) {
      if (lowest.step === highest.step) return [lowest];
      return lowest.step < highest.step ? [lowest, highest] : [highest, lowest];
    }
    const [first] = blocks;
    if (!first) return [];
    const points = noPoints();
    unpackInto(points, this.#content(first.id), first.firstStep, first.firstStep);
    return [pointAt(points, 0)];
  }

  #content(id: number): Uint8Array {
    return this.#statements.content.get({ id }) ?? new Uint8Array(0);
  }

  #rows(seriesId: number, from: number, to: number): Points {
    return pointsOfRows(this.#statements.rows.all({ seriesId, from, to }));
  }

  #putRow(seriesId: number, { step, epoch, seconds, value }: Extreme): void {
    this.#statements.putRow.run({
      seriesId,
      step,
      epoch,
      seconds,
      value: Number.isNaN(value) ? null : value,
    });
  }

  /** Writes whole blocks of the points. @returns how many points are in them */
  #packAll(seriesId: number, points: Points): number {
    let begin = 0;
    for (; begin + pointsOfBlock <= points.steps.length; begin += pointsOfBlock) {
      const { lowest, highest, ...block } = packBlock(points, begin, begin + pointsOfBlock);
      this.#statements.putBlock.run({
        seriesId,
        ...block,
        lowest: lowest && JSON.stringify(lowest),
        lowestValue: lowest?.value ?? null,
        highest: highest && JSON.stringify(highest),
        highestValue: highest?.value ?? null,
      });
    }
    return begin;
  }

  /** Makes rows of the blocks that reach a step or lie after it. */
  #unpackFrom(seriesId: number, step: number): void {
    const blocks = this.#statements.blocks.all({ seriesId, from: step, to: Number.MAX_SAFE_INTEGER });
    for (const { id } of blocks) {
      const points = noPoints();
      unpackInto(points, this.#content(id), 0, Number.MAX_SAFE_INTEGER);
      points.steps.forEach((_, index) => {
        this.#putRow(seriesId, pointAt(points, index));
      });
      this.#statements.removeBlock.run({ id });
    }
  }
}

function statements(database: RunDatabase) {
  const inRange = 'series_id = @seriesId AND step BETWEEN @from AND @to';
  return {
    putRow: database.statement(
      'metrics.put',
      'INSERT OR REPLACE INTO metrics (series_id, step, epoch, seconds, value) VALUES (@seriesId, @step, @epoch, @seconds, @value)',
    ),
    rows: database.statement<PointRow>(
      'metrics.rows',
      `SELECT step, epoch, seconds, value FROM metrics WHERE ${inRange} ORDER BY step`,
      { rows: 'arrays' },
    ),
    firstRows: database.statement<PointRow>(
      'metrics.firstRows',
      'SELECT step, epoch, seconds, value FROM metrics WHERE series_id = @seriesId ORDER BY step LIMIT @limit',
      { rows: 'arrays' },
    ),
    countRows: database.statement<number>(
      'metrics.countRows',
      'SELECT count(*) FROM metrics WHERE series_id = @seriesId',
      { rows: 'values' },
    ),
    removeRows: database.statement('metrics.removeRows', `DELETE FROM metrics WHERE ${inRange}`),
    putBlock: database.statement(
      'blocks.put',
      `INSERT INTO blocks (series_id, first_step, last_step, points, lowest, lowest_value, highest, highest_value, content)
       VALUES (@seriesId, @firstStep, @lastStep, @points, @lowest, @lowestValue, @highest, @highestValue, @content)`,
    ),
    blocks: database.statement<BlockRow>(
      'blocks.of',
      `SELECT id, first_step AS firstStep, last_step AS lastStep, points, lowest, highest FROM blocks
       WHERE series_id = @seriesId AND last_step >= @from AND first_step <= @to ORDER BY first_step`,
    ),
    content: database.statement<Uint8Array>('blocks.content', 'SELECT content FROM blocks WHERE id = @id', {
      rows: 'values',
    }),
    removeBlock: database.statement('blocks.remove', 'DELETE FROM blocks WHERE id = @id'),
    removeBlocks: database.statement(
      'blocks.removeAfter',
      'DELETE FROM blocks WHERE series_id = @seriesId AND first_step > @step',
    ),
  };
}

function extreme(
  blocks: readonly BlockRow[],
  kind: 'lowest' | 'highest',
  isBeyond: (value: number, other: number) => boolean,
): Extreme | null {
  return blocks.reduce<Extreme | null>((best, block) => {
    const text = block[kind];
    if (text === null) return best;
    // Written by this class alone.
    const point = JSON.parse(text) as Extreme;
    return best === null || isBeyond(point.value, best.value) ? point : best;
  }, null);
}

/** SQLite keeps NaN as NULL. */
function pointsOfRows(rows: readonly PointRow[]): Points {
  return {
    steps: rows.map(([step]) => step),
    epochs: rows.map(([, epoch]) => epoch),
    seconds: rows.map(([, , seconds]) => seconds),
    values: rows.map(([, , , value]) => value ?? NaN),
  };
}

function joinTo(points: Points, later: Points): void {
  for (let index = 0; index < later.steps.length; index++) pushPoint(points, pointAt(later, index));
}
