import type { Configuration } from '../../../src-main/workbench/contract.ts';
import { runName } from '../../../src-main/vocabulary/runName.ts';
import { runList } from '../../state/RunList.svelte.ts';

/** Where the maps of a layer are to be seen: in the newest run of that net that trained, else in the net in the box. */
export function layerMaps(config: Configuration, layer: string): { href: string; title: string } {
  const run = runList.runs.find(
    (each) => each.config === config && (each.step > 0 || each.status === 'finished') && !each.folderMissing,
  );
  const query = `?layer=${encodeURIComponent(layer)}`;
  return run
    ? { href: `#/maps/${encodeURIComponent(run.id)}${query}`, title: `its maps in run ${runName(run)}` }
    : { href: `#/maps/box${query}`, title: `no run of net ${config} yet: maps of the net in the box` };
}
