import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { WorkbenchClient } from '../../workbench/api.ts';
import { watchSilence } from './watchSilence.ts';
import { WorkWatch } from './WorkWatch.ts';

const none = -1;

/** Shows outside the window what is under way and how it ended, and keeps the machine awake in the meantime. */
export function announceWork(client: WorkbenchClient, window: () => BrowserWindow | undefined): WorkWatch {
  let awake: number | undefined;
  const notify = (title: string, body: string) => {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    notification.on('click', () => {
      const shown = window();
      shown?.show();
      shown?.focus();
    });
    notification.show();
  };
  void watchSilence(client, ({ title, body }) => {
    notify(title, body);
  });
  return new WorkWatch(client, {
    onWork(work) {
      window()?.setProgressBar(work?.done ?? none);
      if (work && awake === undefined) awake = powerSaveBlocker.start('prevent-app-suspension');
      if (!work && awake !== undefined) {
        powerSaveBlocker.stop(awake);
        awake = undefined;
      }
    },
    onEnd({ kind, title }, { status, error }) {
      const what = kind === 'run' ? 'Run' : 'Study';
      notify(
        `${what} ${title}: ${status}`,
        error?.message ?? (status === 'finished' ? 'Its results are in the window.' : 'It can be resumed.'),
      );
    },
  });
}
