import type {
  QueueEntry,
  StudyDetails,
  StudyRunProgress,
  StudySnapshot,
  StudyTable,
  StudyTableRow,
  TableNumber,
} from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { follow } from '../../api/follow.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';
import { queue } from '../../state/QueueView.svelte.ts';
import { runList } from '../../state/RunList.svelte.ts';
import { toasts } from '../../state/Toasts.svelte.ts';
import { holds } from './resultRows.ts';

/** A study and one of its tables, as they are now. */
export class StudyState {
  readonly id: string;
  readonly details = new Loaded<StudyDetails>();
  readonly table = new Loaded<StudyTable>();
  #live = $state.raw<StudySnapshot>();

  readonly entry: QueueEntry | undefined = $derived.by(() => queue.entryOf(this.id));
  /** The cluster that it is on, if it is on one. */
  readonly cluster: string | null = $derived.by(() => this.details.value?.cluster ?? null);
  /** Whether that cluster's scheduler is asked how it goes; else what its nodes write is read. */
  readonly isAttached: boolean = $derived.by(() => this.details.value?.isAttached === true);
  /** Trained by this workbench, or on a cluster to which it is attached; all else is known from the log alone. */
  readonly isUnderWay: boolean = $derived.by(
    () => this.isAttached || (this.entry !== undefined && this.entry.state !== 'waiting'),
  );
  /** The log has it as running, and the queue does not. */
  readonly #isUnqueued: boolean = $derived.by(
    () => this.details.value?.study.status === 'running' && this.entry === undefined && this.cluster === null,
  );
  readonly isTrainedElsewhere: boolean = $derived.by(
    () => this.#isUnqueued && this.details.value?.isOurs !== true,
  );
  /** The queue has done with it, and it writes its last. */
  readonly isEnding: boolean = $derived.by(() => this.#isUnqueued && this.details.value?.isOurs === true);
  /** Whether it changes without a message to this workbench. */
  readonly isReadAgain: boolean = $derived.by(
    () => this.isTrainedElsewhere || this.isEnding || (this.cluster !== null && !this.isAttached),
  );
  readonly progress: StudySnapshot | undefined = $derived.by(
    () => (this.isUnderWay ? this.#live : undefined) ?? this.details.value?.progress,
  );
  /** Changes when a run of it begins or ends: then the table is another. */
  readonly version: string = $derived.by(() => {
    const logged = this.details.value?.runs.map(({ runId }) => runList.byId.get(runId)?.status) ?? [];
    const live = this.#live?.runs.map(({ status }) => status) ?? [];
    return [this.entry?.state, runList.runs.length, ...logged, ...live].join();
  });
  readonly #runs: ReadonlyMap<string, StudyRunProgress> = $derived.by(() => {
    const isNewer = this.isUnderWay || this.cluster !== null;
    return new Map((isNewer ? (this.progress?.runs ?? []) : []).map((run) => [run.key, run]));
  });

  constructor(id: string) {
    this.id = id;
  }

  /** What trains at this moment is newer than the table. */
  runsOf(row: Pick<StudyTableRow, 'runs'>): StudyRunProgress[] {
    return row.runs.map((run) => this.#runs.get(run.key) ?? run);
  }

  /** Whether a run is to be trained, here or by another program. */
  isQueued(key: string): boolean {
    if (this.isTrainedElsewhere) return true;
    if (this.cluster !== null) {
      const run = this.#runs.get(key);
      return run !== undefined && run.jobStatus !== null && !['failed', 'blocked'].includes(run.status);
    }
    return this.entry !== undefined && holds(this.entry.only, key);
  }

  async load(table: TableNumber): Promise<void> {
    await Promise.all([
      this.loadDetails(),
      this.table.load((signal) => api.tables.get({ study: this.id, table }, { signal })),
    ]);
  }

  async loadDetails(): Promise<void> {
    await this.details.load((signal) => api.studies.get({ id: this.id }, { signal }));
  }

  /** While it is under way here: its progress, several times a second. */
  follow(signal: AbortSignal): Promise<void> {
    return follow(
      (streamSignal) => api.studies.watch({ id: this.id }, { signal: streamSignal }),
      ({ snapshot }) => {
        this.#live = snapshot;
      },
      signal,
    );
  }

  /** Queues these runs for the table that is shown, and what they start from; all that is left without keys. */
  async train(only?: string[]): Promise<void> {
    const shown = this.table.value?.table;
    const isNew = shown !== undefined && this.details.value?.tables.includes(shown) === false;
    await toasts.attempt(async () => {
      if (only && isNew) await api.studies.addTables({ id: this.id, tables: [shown] });
      await api.queue.add({ kind: 'study', id: this.id, ...(only && { only }) });
    });
  }
}
