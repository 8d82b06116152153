import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { MetricsLog } from '../../../src-main/runs/folder/MetricsLog.ts';
import { metricsHeader, metricsParts } from '../../../src-main/runs/folder/metricsFile.ts';
import { isOfValidation } from '../../../src-main/training/validate.ts';
import { readMetrics } from '../../support/readMetrics.ts';
import { codeOf, point } from '../fixtures.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const newPath = () => join(temporaryFolder(), 'metrics.csv');

describe('MetricsLog', () => {
  it('gives back every number exactly', () => {
    const path = newPath();
    const points = [0.1 + 0.2, 1e-300, 1 / 3, NaN, Infinity, -Infinity, 2 ** 53].map((value, step) =>
      point(step, value),
    );
    const log = new MetricsLog(path);
    log.append(points);
    log.close();
    readMetrics(path).forEach((read, index) => {
      expect(read.step).toBe(index);
      expect(read.value).toBe(points[index]?.value);
    });
  });

  it('has what is appended in the file at once, and goes on where it stopped', () => {
    const path = newPath();
    const log = new MetricsLog(path);
    log.append([point(1, 1)]);
    expect(readMetrics(path)).toEqual([point(1, 1)]);
    expect(log.flush()).toBe(statSync(path).size);
    log.close();
    const again = new MetricsLog(path);
    again.append([point(2, 2)]);
    again.close();
    expect(readMetrics(path)).toEqual([point(1, 1), point(2, 2)]);
  });

  it.each(['3,0.3,1.5,los', '3', ',', '3,0.3,1.5,loss,0.1234', '\0\0\0\0'.repeat(50_000)])(
    'drops a torn last line %#',
    (torn) => {
      const path = newPath();
      const log = new MetricsLog(path);
      log.append([point(1, 1), point(2, 2)]);
      log.close();
      appendFileSync(path, torn);
      expect(readMetrics(path)).toHaveLength(2);
      const again = new MetricsLog(path);
      again.append([point(3, 3)]);
      again.close();
      expect(readMetrics(path)).toEqual([point(1, 1), point(2, 2), point(3, 3)]);
    },
  );

  it('starts anew on a file whose header was torn', () => {
    const path = newPath();
    writeFileSync(path, 'step,epo');
    new MetricsLog(path).close();
    expect(readFileSync(path, 'utf8')).toBe(metricsHeader);
  });

  it('drops what came after a step, and goes on', () => {
    const path = newPath();
    const log = new MetricsLog(path);
    log.append([point(1, 1), point(2, 2)]);
    log.flush();
    log.append([point(3, 3)]);
    log.truncateAfter(1);
    log.append([point(2, 20)]);
    log.close();
    expect(readMetrics(path)).toEqual([point(1, 1), point(2, 20)]);
    const again = new MetricsLog(path);
    again.truncateAfter(0);
    again.close();
    expect(readFileSync(path, 'utf8')).toBe(metricsHeader);
  });

  it('drops of the step of the checkpoint what is computed again, and nothing else', () => {
    const path = newPath();
    const log = new MetricsLog(path);
    const before = [point(1, 9, 'val/loss'), point(2, 5), point(2, 6, 'train/top1Error')];
    log.append([...before, point(2, 7, 'val/loss'), point(2, 0.01, 'learningRate'), point(3, 4)]);
    log.truncateAfter(2, isOfValidation);
    log.close();
    expect(readMetrics(path)).toEqual(before);
  });

  it('is cut at a position where a line ends, and left as it was elsewhere', () => {
    const path = newPath();
    const log = new MetricsLog(path);
    log.append([point(1, 1), point(2, 2)]);
    const position = log.flush();
    log.append([point(2, 7, 'val/loss'), point(3, 3)]);
    const whole = readFileSync(path, 'utf8');
    for (const [strange, step] of [
      [position - 1, 2],
      [position, 1],
      [1e6, 2],
      [3, 2],
    ] as const) {
      expect(log.truncateTo(strange, step)).toBe(false);
      expect(readFileSync(path, 'utf8')).toBe(whole);
    }
    expect(log.truncateTo(position, 2)).toBe(true);
    expect(readMetrics(path)).toEqual([point(1, 1), point(2, 2)]);
    expect(log.truncateTo(metricsHeader.length, 0)).toBe(true);
    log.append([point(1, 5)]);
    expect(readMetrics(path)).toEqual([point(1, 5)]);
    log.clear();
    log.close();
    expect(readFileSync(path, 'utf8')).toBe(metricsHeader);
  });

  it('is read and cut in parts that end with a line', () => {
    const path = newPath();
    const log = new MetricsLog(path);
    const points = Array.from({ length: 20_000 }, (_, step) => point(step, Math.sin(step)));
    log.append(points);
    const parts = [...metricsParts(path)];
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.slice(1).map(({ begin }) => begin)).toEqual(parts.slice(0, -1).map(({ end }) => end));
    expect(isDeepStrictEqual(readMetrics(path), points)).toBe(true);
    log.truncateAfter(13_000);
    log.close();
    expect(isDeepStrictEqual(readMetrics(path), points.slice(0, 13_001))).toBe(true);
  });

  it('stays usable when it cannot be cut', () => {
    const path = newPath();
    const log = new MetricsLog(path);
    log.append([point(1, 1), point(2, 2)]);
    log.flush();
    rmSync(path);
    expect(() => {
      log.truncateAfter(1);
    }).toThrow(/ENOENT/);
    log.append([point(3, 3)]);
    log.close();
  });

  it('names a line that is no metric', () => {
    const path = newPath();
    writeFileSync(path, `${metricsHeader}1,1,1,loss,0.5\n1,1,1,loss,0.5,6\n1,1,1,loss,1\n`);
    expect(codeOf(() => readMetrics(path))).toBe('metrics-unreadable');
    expect(() => readMetrics(path)).toThrow(/Line 3/);
    writeFileSync(
      path,
      metricsHeader + '1,1,1,loss,0.5\n'.repeat(40_000) + '1000000000000000000000,1,1,loss,2\n',
    );
    expect(() => readMetrics(path)).toThrow(/Line 40002 of .* 1000000000000000000000,/);
    writeFileSync(path, 'x'.repeat(3e6));
    expect(codeOf(() => readMetrics(path))).toBe('metrics-unreadable');
  });

  it.each([
    { name: 'two,names' },
    { name: 'two\nlines' },
    { name: '' },
    { step: 1.5 },
    { step: -1 },
    { epoch: NaN },
    { seconds: Infinity },
  ])('refuses the point with %j', (changes) => {
    const log = new MetricsLog(newPath());
    expect(() => {
      log.append([{ ...point(1, 1), ...changes }]);
    }).toThrow(RangeError);
    log.close();
  });
});
