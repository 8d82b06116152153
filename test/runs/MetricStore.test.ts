import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Draws } from '../../src-main/foundation/random.ts';
import { decimate } from '../../src-main/runs/decimate.ts';
import { codeOf, config, openLog, point } from './fixtures.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

function newRun() {
  const log = openLog();
  return { log, id: log.create({ config: config() }).id };
}

describe('MetricStore', () => {
  it('keeps series apart, in order of step, also values that are not finite', () => {
    const { log, id } = newRun();
    log.metrics.append(id, [
      point(2, 0.5),
      point(1, 0.75),
      point(1, 90, 'top1Error'),
      point(3, NaN),
      point(4, Infinity),
    ]);
    expect(log.metrics.read(id)).toEqual([
      {
        name: 'loss',
        steps: [1, 2, 3, 4],
        epochs: [0.1, 0.2, 0.3, 0.4],
        seconds: [0.5, 1, 1.5, 2],
        values: [0.75, 0.5, NaN, Infinity],
      },
      { name: 'top1Error', steps: [1], epochs: [0.1], seconds: [0.5], values: [90] },
    ]);
    expect(log.metrics.read(id, { names: ['top1Error'] })).toHaveLength(1);
  });

  it('knows latest and extremes after appending, replacing and truncating', () => {
    const { log, id } = newRun();
    const summary = () => log.metrics.summaries(id)[0];
    log.metrics.append(id, [point(1, 5), point(2, 3)]);
    log.metrics.append(id, [point(3, 9), point(4, NaN)]);
    expect(summary()).toMatchObject({
      points: 4,
      latest: { step: 4, value: NaN },
      lowest: { step: 2, epoch: 0.2, value: 3 },
      highest: { step: 3, epoch: 0.3, value: 9 },
    });
    log.metrics.append(id, [point(2, 7), point(5, 6)]);
    expect(summary()).toMatchObject({
      points: 5,
      latest: { step: 5, value: 6 },
      lowest: { step: 1, value: 5 },
    });
    log.metrics.truncateAfter(id, 2);
    expect(summary()).toMatchObject({
      points: 2,
      latest: { step: 2, value: 7 },
      highest: { step: 2, value: 7 },
    });
    log.metrics.append(id, [point(3, 1)]);
    expect(summary()).toMatchObject({ points: 3, lowest: { step: 3, value: 1 } });
    log.metrics.truncateAfter(id, 0);
    expect(log.metrics.summaries(id)).toEqual([]);
  });

  it('has no extremes of a series that never was finite', () => {
    const { log, id } = newRun();
    log.metrics.append(id, [point(1, NaN), point(2, -Infinity)]);
    expect(log.metrics.summaries(id)[0]).toMatchObject({
      lowest: null,
      highest: null,
      latest: { value: -Infinity },
    });
  });

  it('reads a window of steps, ends included, and thins only that', () => {
    const { log, id } = newRun();
    log.metrics.append(
      id,
      Array.from({ length: 1000 }, (_, step) => point(step, step === 700 ? -5 : step % 10)),
    );
    expect(log.metrics.read(id, { fromStep: 10, toStep: 12 })[0]?.steps).toEqual([10, 11, 12]);
    expect(log.metrics.read(id, { fromStep: 998 })[0]?.steps).toEqual([998, 999]);
    const [thinned] = log.metrics.read(id, { fromStep: 500, toStep: 899, maxPoints: 40 });
    expect(thinned?.steps.length).toBeLessThanOrEqual(40);
    expect([thinned?.steps[0], thinned?.steps.at(-1)]).toEqual([500, 899]);
    const spike = thinned?.steps.indexOf(700) ?? -1;
    // As `point` makes them: what is kept is the whole point.
    expect([thinned?.values[spike], thinned?.epochs[spike], thinned?.seconds[spike]]).toEqual([-5, 70, 350]);
  });

  it('writes a batch whole or not at all', () => {
    const { log, id } = newRun();
    function* failing() {
      yield point(1, 1);
      throw new RangeError('stopped');
    }
    expect(() => {
      log.metrics.append(id, failing());
    }).toThrow('stopped');
    expect(log.metrics.read(id)).toEqual([]);
    expect(() => {
      log.metrics.append('nothing', [point(1, 1)]);
    }).toThrow(/FOREIGN KEY/);
    expect(
      codeOf(() => {
        log.metrics.append(id, []);
      }),
    ).toBe('no error');
  });

  it('takes points in batches and gives back a thinned line', () => {
    const { log, id } = newRun();
    const total = 40_000;
    const names = ['loss', 'learningRate', 'imagesPerSecond', 'waiting'];
    for (let first = 0; first < total / 4; first += 2500) {
      const batch = Array.from({ length: 10_000 }, (_, index) => {
        const step = first + Math.floor(index / 4);
        return point(step, step === 1234 ? 1e6 : Math.sin(step / 1000), names[index % 4]);
      });
      log.metrics.append(id, batch);
    }
    const series = log.metrics.read(id, { names: ['loss'], maxPoints: 1000 });
    expect(series[0]?.steps.length).toBeLessThanOrEqual(1000);
    expect(series[0]?.steps.length).toBeGreaterThan(900);
    expect(series[0]?.steps.at(-1)).toBe(total / 4 - 1);
    expect(series[0]?.values).toContain(1e6);
    expect(log.metrics.summaries(id).map(({ points }) => points)).toEqual([10_000, 10_000, 10_000, 10_000]);
  });
});

/** A series in its plainest form: what the store must give back. */
class Model {
  #points = new Map<number, number>();
  readonly name = 'loss';

  put(points: readonly { step: number; value: number }[]): void {
    for (const { step, value } of points) this.#points.set(step, value);
  }

  truncateAfter(step: number): void {
    this.#points = new Map([...this.#points].filter(([each]) => each <= step));
  }

  in(fromStep: number, toStep: number): { steps: number[]; values: number[] } {
    const inside = [...this.#points]
      .filter(([step]) => step >= fromStep && step <= toStep)
      .sort(([one], [other]) => one - other);
    return { steps: inside.map(([step]) => step), values: inside.map(([, value]) => value) };
  }
}

describe('long series', () => {
  it('give back what was put in, whatever is appended, replaced and cut', () => {
    const { log, id } = newRun();
    const model = new Model();
    const draws = new Draws(7, 'crop');
    let step = 0;
    for (let round = 0; round < 30; round++) {
      const kind = draws.uniform();
      if (kind < 0.6) {
        const points = Array.from({ length: draws.integer(1, 3000) }, () =>
          point(step++, draws.uniform() < 0.01 ? NaN : draws.uniform()),
        );
        log.metrics.append(id, points);
        model.put(points);
      } else if (kind < 0.8) {
        step = draws.integer(0, step);
        log.metrics.truncateAfter(id, step - 1);
        model.truncateAfter(step - 1);
      } else {
        const points = [step - 3, Math.floor(step / 2), step].map((each) => point(Math.max(0, each), -each));
        step++;
        log.metrics.append(id, points);
        model.put(points);
      }
      const [from, to] = [draws.integer(0, step), draws.integer(0, step)];
      const { steps, values } = log.metrics.read(id, { fromStep: from, toStep: to })[0] ?? {};
      expect(isDeepStrictEqual({ steps, values }, model.in(from, to))).toBe(true);
      const whole = model.in(0, Infinity);
      const finite = whole.values.filter(Number.isFinite);
      const [summary] = log.metrics.summaries(id);
      expect(summary?.points ?? 0).toBe(whole.steps.length);
      if (!summary) continue;
      expect(summary.latest).toMatchObject({ step: whole.steps.at(-1), value: whole.values.at(-1) });
      expect(summary.lowest?.value).toBe(finite.length === 0 ? undefined : Math.min(...finite));
      expect(summary.highest?.value).toBe(finite.length === 0 ? undefined : Math.max(...finite));
    }
    expect(step).toBeGreaterThan(5000);
  });

  it('are the same in stretches, of which only the ends reach out of a window', () => {
    const { log, id } = newRun();
    const values = Array.from({ length: 5000 }, (_, index) => (index % 7 === 0 ? NaN : Math.sin(index)));
    log.metrics.append(
      id,
      values.map((value, index) => point(index + 1, value)),
    );
    const window = { fromStep: 1000, toStep: 4900 };
    const inStretches = log.metrics
      .stretches(id, 'loss', window)
      .flatMap(({ steps, values: stretch }) => Array.from(steps, (step, index) => [step, stretch[index]]))
      .filter(([step = 0]) => step >= window.fromStep && step <= window.toStep);
    const [whole] = log.metrics.read(id, { names: ['loss'], ...window });
    expect(inStretches).toEqual(whole?.steps.map((step, index) => [step, whole.values[index]]));
    expect(log.metrics.stretches(id, 'other', window)).toEqual([]);
  });

  it('are thinned by their blocks: the ends, the order and every spike stay', () => {
    const { log, id } = newRun();
    const spikes = [3, 5000, 77_777, 99_998];
    const points = Array.from({ length: 100_000 }, (_, step) =>
      point(step, spikes.includes(step) ? step : step >= 40_000 && step < 50_000 ? NaN : Math.sin(step)),
    );
    log.metrics.append(id, points);
    for (const maxPoints of [20, 30, 100]) {
      const [thinned] = log.metrics.read(id, { maxPoints, fromStep: 2 });
      const { steps = [], values = [], epochs } = thinned ?? {};
      expect(steps.length).toBeLessThanOrEqual(maxPoints);
      expect(steps.length).toBeGreaterThan(maxPoints / 3);
      expect([steps[0], steps.at(-1)]).toEqual([2, 99_999]);
      expect(steps).toEqual([...new Set(steps)].sort((one, other) => one - other));
      expect(values).toContain(77_777);
      expect(epochs).toEqual(steps.map((step) => step / 10));
      if (maxPoints < 100) continue;
      for (const spike of spikes) expect(values).toContain(spike);
      expect(values.some((value) => Number.isNaN(value))).toBe(true);
    }
  });

  it('of an earlier version are packed step by step', () => {
    const home = temporaryFolder();
    const log = openLog(home);
    const { id } = log.create({ config: config() });
    log.metrics.append(id, [point(0, 0)]);
    log.close();
    const raw = new Sqlite(join(home, 'workbench.sqlite'));
    raw.exec(`WITH RECURSIVE steps (step) AS (SELECT 1 UNION ALL SELECT step + 1 FROM steps WHERE step < 29999)
       INSERT INTO metrics SELECT 1, step, step / 10.0, step * 0.5, step FROM steps`);
    raw.exec(`UPDATE series SET points = 30000, rows = 30000, latest_step = 29999, latest_value = 29999`);
    raw.close();
    const again = openLog(home);
    while (again.metrics.pack(id));
    const every = Array.from({ length: 30_000 }, (_, step) => step);
    expect(isDeepStrictEqual(again.metrics.read(id)[0]?.steps, every)).toBe(true);
    again.metrics.append(id, [point(30_000, 5)]);
    expect(again.metrics.read(id, { fromStep: 29_998 })[0]?.values).toEqual([29_998, 29_999, 5]);
    const blocks = new Sqlite(join(home, 'workbench.sqlite'));
    expect(blocks.prepare('SELECT count(*) FROM metrics').pluck().get()).toBeLessThan(2048);
    blocks.close();
  });
});

describe('decimate', () => {
  it('keeps a short line as it is', () => {
    expect(decimate([3, 1, 2], 10)).toEqual([0, 1, 2]);
    expect(decimate([], 10)).toEqual([]);
    expect(decimate([1, 2], 0)).toEqual([0, 1]);
  });

  it('keeps ends, order and every spike', () => {
    const values = Array.from({ length: 10_000 }, (_, index) =>
      index === 4321 ? -50 : index === 8765 ? 50 : index % 7,
    );
    const kept = decimate(values, 100);
    expect(kept.length).toBeLessThanOrEqual(100);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(9999);
    expect(kept).toContain(4321);
    expect(kept).toContain(8765);
    expect(kept).toEqual([...new Set(kept)].sort((one, other) => one - other));
  });

  it('passes over values that are not finite, but shows a stretch of nothing else', () => {
    const values = Array.from({ length: 1000 }, (_, index) =>
      index >= 500 ? NaN : index % 2 === 0 ? Infinity : 1,
    );
    const kept = decimate(values, 50).map((position) => values[position]);
    expect(kept).toContain(1);
    expect(kept.filter((value) => Number.isNaN(value)).length).toBeGreaterThan(10);
  });
});
