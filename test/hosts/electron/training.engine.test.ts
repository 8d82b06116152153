import { describe, expect, it, onTestFinished } from 'vitest';
import { RunLog } from '../../../src-main/runs/RunLog.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { eventually } from '../../support/eventually.ts';
import { ElectronApp } from '../../support/electron/ElectronApp.ts';
import { pageApi } from '../../support/electron/pageApi.ts';
import { Place } from '../cli/support.ts';

/** A net that trains in a moment, in epochs of four steps. */
const smallNet = [
  'network.config=A',
  'network.width=0.0625',
  'network.crop=32',
  'data.trainScale=36',
  'evaluation.testScales=36',
  'training.batch=10',
];

/** What the desktop shows of the app besides its window: progress in the taskbar, notifications, no sleep. */
const desktopOf = (app: ElectronApp) =>
  app.evaluate(({ BrowserWindow, Notification, powerSaveBlocker }) => ({
    progress: BrowserWindow.getAllWindows()[0]?.progress ?? [],
    awake: [...powerSaveBlocker.started.values()],
    notifications: Notification.shown.map(({ title, body }) => [title, body]),
  }));

/** Quits while the run `long` is trained, and answers the question. @param response 0 checkpoints, 1 goes on */
async function quit(app: ElectronApp, response: number): Promise<void> {
  await app.evaluate(({ app: electron }) => {
    electron.quit();
  });
  const dialogs = await app.evaluate(({ dialog }) => dialog.open.map(({ options }) => options));
  expect(dialogs).toMatchObject([
    { message: 'Run long is under way.', buttons: ['Checkpoint and quit', 'Go on training'] },
  ]);
  await app.evaluate(({ dialog }, chosen) => {
    dialog.answer({ response: chosen });
  }, response);
}

describe.skipIf(chromiumPath === undefined)('the desktop app, training', () => {
  it('shows how far it is in and outside the window, and asks before it quits', async () => {
    const place = await Place.make();
    const dataset = `data.dataset=${JSON.stringify(await place.dataset())}`;
    const app = await ElectronApp.start(place.home);
    onTestFinished(() => app.close());
    const page = await app.window();
    const api = await pageApi(page);
    const start = async (name: string, epochs: number) => {
      const { id } = await api.runs.create({
        name,
        overrides: [...smallNet, dataset, `training.epochs=${epochs}`],
      });
      await api.queue.add({ kind: 'run', id });
      return id;
    };
    const outside = () => desktopOf(app);
    const sideBar = page.getByRole('navigation', { name: 'Views' });

    const short = await start('short', 3);
    await sideBar.getByText('training').waitFor();
    await sideBar.getByText('short').waitFor();
    expect((await outside()).awake).toEqual(['prevent-app-suspension']);
    await sideBar.getByText('Nothing is training').waitFor();
    await eventually(async () => (await outside()).progress.at(-1)).toBe(-1);
    const { progress, awake, notifications } = await outside();
    // Twelve steps, reported as shares that rise from none to all.
    expect(progress.slice(0, -1)).toEqual(progress.slice(0, -1).toSorted((one, other) => one - other));
    expect(progress).toEqual(expect.arrayContaining([0, 0.5, 1]));
    expect(awake).toEqual([]);
    expect(notifications).toEqual([['Run short: finished', 'Its results are in the window.']]);
    expect((await api.runs.get({ id: short })).run.status).toBe('finished');
    await app.evaluate(({ Notification }) => Notification.shown[0]?.emit('click'));
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.focused)).toBe(1);

    const long = await start('long', 10_000);
    await eventually(async () => (await outside()).progress.at(-1)).toBeGreaterThan(0);
    await quit(app, 1);
    const before = (await outside()).progress.length;
    await eventually(async () => (await outside()).progress.length).toBeGreaterThan(before);
    await quit(app, 0);
    expect(await app.ended).toEqual({ code: 0, output: '' });

    const log = new RunLog(place.home);
    onTestFinished(() => {
      log.close();
    });
    expect(log.runs.get(long).status).toBe('interrupted');
    const [checkpoint] = log.evaluations.checkpointsOf(long);
    expect(checkpoint?.step).toBeGreaterThan(0);
  });
});
