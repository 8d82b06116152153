import { RunLog } from '../../src-main/runs/RunLog.ts';
import { config, dataset, environment, evaluation } from '../runs/fixtures.ts';
import { printed, saved } from './printed.ts';
import { goTo } from './steps.ts';
import { expect, test } from './workbench.ts';

/* Figures that a person puts into a paper. */

test('scatter plot, parallel coordinates and forest plot are saved as PDF, SVG and PNG', async ({
  window,
  workbench,
  hostKind,
}) => {
  test.skip(hostKind !== 'browser', 'The desktop app has dialogs.');
  const log = new RunLog(workbench.home);
  for (const [net, top1Error] of [
    ['A', 23.47],
    ['B', 28.1],
    ['D', 31.02],
  ] as const) {
    const own = config(`network.config=${net}`);
    const { id } = log.create({ config: own, name: `net ${net}`, dataset, environment });
    const { protocol, testScales, average, horizontalFlip, checkpoint } = own.evaluation;
    const scored = { protocol, testScales, average, horizontalFlip, checkpoint, trainScale: 64 };
    log.addEvaluation(id, evaluation({ ...scored, top1Error }));
    log.setStatus(id, 'finished');
  }
  log.close();

  await goTo(window, '/runs?look=scatter&of=top1&over=net');
  await expect(window.getByRole('img', { name: 'Top-1 error over Net of 3 runs' })).toBeVisible();
  const scatter = await printed(window, 'Export the scatter plot');
  // Between 23.47 and 31.02 % lie round numbers.
  expect(scatter).toEqual(
    expect.arrayContaining(['Top-1 error over Net', 'Top-1 error, %', 'Net', 'A', 'B', 'D', '24', '28']),
  );
  const values = await saved(window, 'Export the scatter plot', /^Values/);
  expect(values.bytes.toString()).toContain(',A,23.47');

  await goTo(window, '/runs?look=parallel&axes=net,top1');
  const parallel = await printed(window, 'Export the parallel coordinates');
  expect(parallel).toEqual(expect.arrayContaining(['Runs over Net and Top-1 error', 'A', 'B', 'D', '24']));
  await window.getByRole('button', { name: 'Axis Net:' }).press('ArrowRight');
  await expect(window).toHaveURL(/axes=top1%2Cnet/);

  await goTo(window, '/runs?look=groups&group=net');
  await window.getByRole('button', { name: 'Top-1 error' }).dblclick();
  await expect(window).toHaveURL(/sort=-top1/);
  await expect(window.getByRole('table', { name: 'Groups of runs' }).getByRole('row').nth(1)).toContainText(
    /D\s*1\s*31.02/,
  );

  await goTo(window, '/claims');
  const forest = await printed(window, 'Export the forest plot');
  expect(forest).toEqual(
    expect.arrayContaining(['What the paper claims, and what the runs say', 'points of top-1 error', '0']),
  );
});
