import type { FeatureMaps, ImageReference } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';
import type { MapBytes } from './paintMaps.ts';

/** What is asked for: the maps of a layer that a checkpoint makes of an image. */
export interface MapsQuestion {
  runId: string;
  checkpoint: string;
  image: ImageReference;
  layer: string;
}

export interface ShownMaps extends Omit<FeatureMaps, 'values'>, MapBytes {
  maps: FeatureMaps['maps'];
}

/** Feature maps, with their bytes at hand. */
export class LoadedMaps extends Loaded<ShownMaps> {
  async ask({ runId, checkpoint, image, layer }: MapsQuestion): Promise<void> {
    await this.load(async (signal) => {
      const answer = await api.insight.maps({ run: runId, checkpoint, image, layer }, { signal });
      const [height, width] = answer.shape;
      return { ...answer, values: new Uint8Array(await answer.values.arrayBuffer()), height, width };
    });
  }
}
