import type {
  ImageActivity,
  ImageReference,
  RunDetails,
  SplitChoice,
} from '../../../src-main/workbench/contract.ts';
import { divisionOf } from '../../shared/images/divisionOf.ts';
import { api } from '../../api/api.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';
import { router } from '../../state/Router.svelte.ts';
import { runList } from '../../state/RunList.svelte.ts';
import { imageFromParameters, imageParameters } from '../../shared/images/imageAddress.ts';
import { checkpointsInOrder } from '../../shared/runs/checkpoints.ts';
import { rangeOver, usualScale, type ColourMap, type ScaleOver } from '../../shared/maps/colourScale.ts';
import { LoadedMaps } from '../../shared/maps/LoadedMaps.svelte.ts';

const scales: readonly ScaleOver[] = ['map', 'layer', 'global'];

/** What the view shows: what its address names, and defaults where the address names nothing. */
export class MapsState {
  readonly run = new Loaded<RunDetails>();
  readonly activity = new Loaded<ImageActivity>();
  readonly maps = new LoadedMaps();
  readonly box = new Loaded<string>();
  readonly #firstImage = new Loaded<ImageReference | null>();

  /** Runs that have something to look into, the newest first: also those finished that only scored given weights. */
  readonly runs = $derived(
    runList.runs.filter(
      ({ step, status, folderMissing }) => (step > 0 || status === 'finished') && !folderMissing,
    ),
  );
  /** Whether the address names the net in the box, whose run is yet to be found. */
  readonly opensBox: boolean = $derived(router.path[1] === 'box');
  readonly runId: string = $derived(this.opensBox ? '' : (router.path[1] ?? this.runs[0]?.id ?? ''));
  readonly dataset: string = $derived(this.run.value?.run.config.data.dataset ?? '');
  readonly checkpoints: string[] = $derived(
    checkpointsInOrder(this.run.value?.checkpoints.map(({ kind }) => kind) ?? []),
  );
  readonly checkpoint: string = $derived(
    router.parameters.get('checkpoint') ?? this.checkpoints.at(-1) ?? '',
  );

  // Texts first, so that an image stays the same object while the rest of the address changes.
  readonly #imageText: string = $derived(router.parameters.get('image') ?? '');
  /** How its images are divided, if they come without validation images. */
  readonly division: SplitChoice = $derived(divisionOf(this.run.value?.run.config.data));
  readonly #imageDataset: string = $derived(router.parameters.get('dataset') ?? this.dataset);
  readonly image: ImageReference | null = $derived(
    imageFromParameters(this.#imageText, this.#imageDataset) ?? this.#firstImage.value ?? null,
  );

  readonly layers = $derived(this.activity.value?.layers ?? []);
  /** The first where the address names none, or one that this net lacks. */
  readonly layer: string = $derived.by(() => {
    const asked = router.parameters.get('layer');
    if (asked !== null && (this.layers.length === 0 || this.layers.some(({ name }) => name === asked)))
      return asked;
    return this.layers[0]?.name ?? '';
  });
  readonly activityOfLayer = $derived(this.layers.find(({ name }) => name === this.layer));
  /** Whether the layer has maps: a fully-connected unit has a single value. */
  readonly mapped = $derived.by(() => {
    const [height = 1, width = 1] = this.activityOfLayer?.shape ?? [];
    return height * width > 1;
  });
  /** Of the class that is looked for in an image; undefined for the one that is predicted. */
  readonly label: number | undefined = $derived(wholeNumber(router.parameters.get('class')) ?? undefined);
  readonly global = $derived(this.layers.length > 0 ? rangeOver(this.layers) : null);
  readonly over: ScaleOver = $derived(
    scales.find((scale) => scale === router.parameters.get('scale')) ?? usualScale,
  );
  readonly colours: ColourMap = $derived(router.parameters.get('colours') === 'grey' ? 'grey' : 'viridis');
  /** The map that is enlarged. */
  readonly map: number | null = $derived(wholeNumber(router.parameters.get('map')));
  /** The unit of it whose receptive field is drawn. */
  readonly unit: { row: number; column: number } | null = $derived(
    unitFrom(router.parameters.get('unit') ?? ''),
  );
  readonly error = $derived(
    this.run.error ?? (this.image ? null : this.#firstImage.error) ?? this.activity.error ?? this.maps.error,
  );

  /** Puts the run of the net in the box in place of its name. */
  readonly openBox = (): void => {
    if (!this.opensBox) return;
    void this.box.load(async (signal) => {
      const { run } = await api.exchange.box(undefined, { signal });
      const query = router.parameters.toString();
      // Whoever has gone elsewhere meanwhile is not fetched back.
      if (this.opensBox)
        location.replace(`#/maps/${encodeURIComponent(run)}${query === '' ? '' : `?${query}`}`);
      return run;
    });
  };

  readonly loadRun = (): void => {
    const id = this.runId;
    if (id !== '') void this.run.load((signal) => api.runs.get({ id }, { signal }));
  };

  readonly loadFirstImage = (): void => {
    const { dataset, division } = this;
    if (dataset === '' || this.#imageText !== '') return;
    void this.#firstImage.load(async (signal) => {
      const { images } = await api.insight.images({ dataset, ...division, limit: 1 }, { signal });
      return images[0] ? { kind: 'dataset', dataset, split: 'val', name: images[0].name } : null;
    });
  };

  readonly loadActivity = (): void => {
    const { runId, checkpoint, image } = this;
    if (checkpoint === '' || !image) return;
    void this.activity.load((signal) => api.insight.activity({ run: runId, checkpoint, image }, { signal }));
  };

  readonly loadMaps = (): void => {
    const { runId, checkpoint, image, layer } = this;
    if (checkpoint !== '' && image && layer !== '') void this.maps.ask({ runId, checkpoint, image, layer });
  };

  readonly look = (image: ImageReference): void => {
    router.set({ ...imageParameters(image), unit: '' });
  };

  readonly chooseLayer = (layer: string): void => {
    router.set({ layer, map: '', unit: '' });
  };

  /** By so many layers forwards or back. */
  readonly stepLayer = (by: number): void => {
    const next = this.layers[this.layers.findIndex(({ name }) => name === this.layer) + by];
    if (next) this.chooseLayer(next.name);
  };

  /** By so many checkpoints. */
  readonly stepCheckpoint = (by: number): void => {
    const next = this.checkpoints[this.checkpoints.indexOf(this.checkpoint) + by];
    if (next !== undefined) router.set({ checkpoint: next });
  };
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

function unitFrom(text: string): { row: number; column: number } | null {
  const parts = /^(\d+),(\d+)$/.exec(text);
  return parts ? { row: Number(parts[1]), column: Number(parts[2]) } : null;
}
