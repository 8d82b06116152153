import type {
  ImageReference,
  LayerActivity,
  RunSummary,
  SplitChoice,
} from '../../../src-main/workbench/contract.ts';
import { divisionOf } from '../../shared/images/divisionOf.ts';
import { api } from '../../api/api.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';
import { checkpointsInOrder } from '../../shared/runs/checkpoints.ts';
import { commonLayers, type CommonLayer } from './commonLayers.ts';

/** What can be shown of several runs side by side. */
interface Choice {
  /** Location of the first run's dataset: its images are shown to all. */
  dataset: string;
  division: SplitChoice;
  /** What is shown before one is chosen. */
  firstImage: ImageReference | null;
  /** Of each run the checkpoint that is shown, the best if there is one; null for a run without weights. */
  checkpoints: Map<string, string | null>;
}

/** The images to choose from, and the layers that all the nets have. */
export class ComparedMaps {
  readonly choice = new Loaded<Choice>();
  readonly layers = new Loaded<CommonLayer[]>();
  /** Side of the smallest of their inputs, in pixels. */
  crop = $state(0);

  loadChoice(runs: readonly RunSummary[]): void {
    void this.choice.load(async (signal) => {
      const details = await Promise.all(runs.map(({ id }) => api.runs.get({ id }, { signal })));
      const data = details[0]?.run.config.data;
      const dataset = data?.dataset ?? '';
      const division = divisionOf(data);
      const { images } = await api.insight.images({ dataset, ...division, limit: 1 }, { signal });
      const [first] = images;
      const checkpoints = new Map(
        details.map(({ run, checkpoints }) => [
          run.id,
          checkpointsInOrder(checkpoints.map(({ kind }) => kind)).at(-1) ?? null,
        ]),
      );
      return {
        dataset,
        division,
        firstImage: first ? { kind: 'dataset', dataset, split: 'val', name: first.name } : null,
        checkpoints,
      };
    });
  }

  loadLayers(choice: Choice, image: ImageReference): void {
    void this.layers.load(async (signal) => {
      const nets: LayerActivity[][] = [];
      const crops: number[] = [];
      for (const [run, checkpoint] of choice.checkpoints) {
        if (checkpoint === null) continue;
        const { layers, width } = await api.insight.activity({ run, checkpoint, image }, { signal });
        nets.push(layers);
        crops.push(width);
      }
      this.crop = Math.min(...crops);
      return commonLayers(nets);
    });
  }
}
