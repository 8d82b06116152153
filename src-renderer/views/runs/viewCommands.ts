import type { Command } from '../../state/Commands.svelte.ts';
import { compareRuns, openRun, removeRuns, togglePins } from '../../shared/runs/runActions.ts';
import type { Selection } from './Selection.svelte.ts';

interface ViewParts {
  selection: Selection;
  moveTo: (row: number) => void;
  focusSearch: () => void;
  menu: () => void;
  edit: () => void;
  tag: () => void;
  import: () => void;
}

/** What can be done by keys and by the palette while the list of runs is shown. */
export function runsCommands({ selection, moveTo, ...parts }: ViewParts): Command[] {
  const command = (id: string, title: string, keys: string | undefined, perform: () => unknown): Command => ({
    id: `runs-${id}`,
    title,
    group: 'Runs',
    ...(keys === undefined ? {} : { keys }),
    perform,
  });
  return [
    command('next', 'Next run', 'J', () => {
      moveTo(selection.activeRow + 1);
    }),
    command('previous', 'Previous run', 'K', () => {
      moveTo(Math.max(0, selection.activeRow - 1));
    }),
    command('open', 'Open the run', 'Enter', () => {
      if (selection.active) openRun(selection.active);
    }),
    command('select', 'Select the run', 'Space', () => {
      if (selection.active) selection.toggle(selection.active.id);
    }),
    command('search', 'Search in the list', '/', parts.focusSearch),
    command('compare', 'Compare the selected runs', 'C', () => {
      compareRuns(selection.runs);
    }),
    command('pin', 'Pin or unpin', 'P', () => togglePins(selection.targets)),
    command('edit', 'Name, colour, tags and notes', 'E', parts.edit),
    command('tag', 'Tag the selected runs', 'T', parts.tag),
    command('menu', 'Actions of the run', 'M', parts.menu),
    command('delete', 'Delete', 'Delete', () => removeRuns(selection.targets)),
    command('import', 'Import runs…', undefined, parts.import),
  ];
}
