import type { AppCommand } from '../../src-main/workbench/contract.ts';
import { api } from '../api/api.ts';
import { follow } from '../api/follow.ts';
import { views } from './views.ts';
import { paperTables } from '../shared/paperTables.ts';
import { settings } from '../state/AppSettings.svelte.ts';
import { commands, type Command } from '../state/Commands.svelte.ts';
import { overlays } from '../state/overlays.svelte.ts';
import { queue } from '../state/QueueView.svelte.ts';
import { router } from '../state/Router.svelte.ts';
import { toasts } from '../state/Toasts.svelte.ts';

const themes = ['system', 'light', 'dark'] as const;

function toView(id: string, title: string, group: string, address: string): Command {
  return {
    id,
    title,
    group,
    perform: () => {
      router.go(address);
    },
  };
}

const appCommands: readonly Command[] = [
  {
    id: 'palette',
    title: 'Search commands and runs',
    group: 'Window',
    keys: 'Ctrl+K',
    perform: () => (overlays.palette = true),
  },
  {
    id: 'keys',
    title: 'List of keys',
    group: 'Window',
    keys: 'Ctrl+/',
    perform: () => (overlays.keys = true),
  },
  ...views.map(({ name, title, key }) => ({
    id: `go-${name}`,
    title,
    group: 'Go to',
    keys: `G ${key}`,
    perform: () => {
      router.go(`/${name}`);
    },
  })),
  {
    id: 'new-study',
    title: 'New study',
    group: 'Go to',
    keys: 'G U',
    perform: () => {
      router.go('/new?what=study');
    },
  },
  {
    id: 'welcome',
    title: 'First steps',
    group: 'Go to',
    perform: () => {
      router.go('/welcome');
    },
  },
  // What a view does by a key is found from everywhere: the view is gone to.
  ...paperTables.map(({ number, title }) =>
    toView(`tables.${number}`, title, 'Tables', `/tables?table=${number}`),
  ),
  toView('claims.present', 'Present the claims', 'Claims', '/claims?show=slides'),
  toView('runs-import', 'Import runs…', 'Runs', '/runs?import=open'),
  { id: 'hold', title: 'Hold the queue', group: 'Queue', perform: () => queue.hold(true) },
  { id: 'continue', title: 'Continue the queue', group: 'Queue', perform: () => queue.hold(false) },
  ...themes.map((theme) => ({
    id: `theme-${theme}`,
    title: `Theme: ${theme}`,
    group: 'Window',
    perform: () => toasts.attempt(() => settings.change({ theme })),
  })),
];

export function addAppCommands(): () => void {
  return commands.add(appCommands);
}

const byMenu: Record<AppCommand, string> = {
  'new-run': 'go-new',
  'new-study': 'new-study',
  'show-runs': 'go-runs',
  'show-tables': 'go-tables',
  'show-networks': 'go-networks',
  'show-feature-maps': 'go-maps',
  'show-settings': 'go-settings',
  'command-palette': 'palette',
  'keyboard-shortcuts': 'keys',
};

/** Does what the native menu asks for. */
export function followMenu(signal: AbortSignal): Promise<void> {
  return follow(
    (streamSignal) => api.host.commands(undefined, { signal: streamSignal }),
    (command) => {
      void appCommands.find(({ id }) => id === byMenu[command])?.perform();
    },
    signal,
  );
}
