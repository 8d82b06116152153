import type { StudyPreview } from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';
import { examination } from '../../state/Examination.svelte.ts';
import { EngineSetup } from '../../state/EngineSetup.svelte.ts';
import { router } from '../../state/Router.svelte.ts';
import { sayWaiting } from '../../state/sayWaiting.ts';
import { toasts } from '../../state/Toasts.svelte.ts';

const preset = 'quick';
/** As many nets at once as fit. */
const parallel = 'auto';

/** The way to a first finished table: the engine, the quick study, its tables. */
export class FirstTable {
  readonly setup = new EngineSetup();
  readonly examination = examination;
  readonly preview = new Loaded<StudyPreview>();
  starting = $state(false);

  readonly engineReady = $derived(
    this.setup.ready || (this.examination.value?.engine.library ?? null) !== null,
  );
  /** Of the quick study here; null while nothing was trained on this machine. */
  readonly seconds = $derived(this.preview.value?.secondsInAll ?? null);

  async open(): Promise<void> {
    await Promise.all([
      this.examination.once(),
      this.preview.load((signal) => api.studies.preview({ preset, parallel }, { signal })),
    ]);
  }

  async setUp(): Promise<boolean> {
    if (this.engineReady) return true;
    const ready = await this.setup.start();
    if (ready) void this.examination.again();
    return ready;
  }

  /** Sets up the engine where that is still to be done, and opens the tables that fill. */
  async reproduce(): Promise<void> {
    const goOn = router.fromHere();
    if (!(await this.setUp())) return;
    this.starting = true;
    const id = await toasts.attempt(async () => {
      const study = await api.studies.create({ preset });
      await api.queue.add({ kind: 'study', id: study.id, parallel });
      return study.id;
    });
    this.starting = false;
    if (id === undefined) return;
    const page = `/tables/${id}`;
    if (!goOn(page)) sayWaiting('The first study waits', page);
  }
}
