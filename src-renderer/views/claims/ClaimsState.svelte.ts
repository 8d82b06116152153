import { runKeyText } from '../../../src-main/vocabulary/runKey.ts';
import { paperTables } from '../../shared/paperTables.ts';
import type {
  JudgedClaim,
  JudgedClaims,
  StudyPreview,
  StudySummary,
} from '../../../src-main/workbench/contract.ts';
import { api } from '../../api/api.ts';
import { Loaded } from '../../api/Loaded.svelte.ts';
import { queue } from '../../state/QueueView.svelte.ts';
import { runList } from '../../state/RunList.svelte.ts';
import { toasts } from '../../state/Toasts.svelte.ts';
import { comparisonOf, costOf } from './claimTexts.ts';

const tables = paperTables.map(({ number }) => number);
/** What the guide counts with where no study is there. */
const preset = 'quick';

/** The trainings of a quick study by what it compares; '' for the paper's tables. Kept from one visit to the next. */
const plans = new Loaded<ReadonlyMap<string, StudyPreview['runs']>>();
/** The study that the form offers. */
const offered = new Loaded<StudyPreview>();
/** When, and for which version of the claims: what a run took, or a measurement, tells what others will take. */
let estimated: { version: string; at: number } | undefined;
const plansLast = 60_000;

/** The claims as they are judged now, the studies whose runs are judged, and what is missing. */
export class ClaimsState {
  readonly judged = new Loaded<JudgedClaims>();
  readonly studies = new Loaded<StudySummary[]>();
  /** Changes when a verdict may be another: a run ended, or one came or went. */
  readonly version: string = $derived.by(() => {
    const ended = runList.runs.filter(({ status, top1Error }) => status === 'finished' || top1Error !== null);
    return [runList.runs.length, ended.length, ...queue.state.entries.map(({ id }) => id)].join();
  });
  /** Whether runs say anything yet: else the view is a guide through the paper. */
  readonly isMeasured: boolean = $derived.by(
    () =>
      this.judged.value?.claims.some(({ kind, verdict }) => kind !== 'computed' && verdict !== 'not-run') ??
      false,
  );
  /** The study of the tables, or that was chosen, whose runs are judged. */
  readonly judgedStudy: StudySummary | undefined = $derived.by(() =>
    this.studies.value?.find(({ id }) => id === this.judged.value?.study),
  );
  /** Newer studies that tell less yet. */
  readonly passedOver: readonly StudySummary[] = $derived.by(() =>
    (this.studies.value ?? []).filter(({ id }) => this.judged.value?.passedOver.includes(id) === true),
  );
  /** Of the quick study that the form offers. */
  readonly totalSeconds: number | null = $derived(offered.value?.secondsInAll ?? null);

  async load(study: string | undefined): Promise<void> {
    await Promise.all([
      this.judged.load((signal) => api.claims.list(study === undefined ? {} : { study }, { signal })),
      this.studies.load((signal) => api.studies.list(undefined, { signal })),
    ]);
  }

  /** Reckons what trainings cost on this machine, once a minute for each version. */
  async estimateCosts(): Promise<void> {
    const { version } = this;
    const isKnown = estimated?.version === version && performance.now() - estimated.at < plansLast;
    if (!this.judged.value || plans.loading || isKnown) return;
    estimated = { version, at: performance.now() };
    const comparisons = new Set(this.judged.value.claims.flatMap((claim) => comparisonOf(claim) ?? []));
    const offering = offered.load((signal) => api.studies.preview({ preset, parallel: 'auto' }, { signal }));
    await plans.load(async (signal) => {
      const found = new Map<string, StudyPreview['runs']>();
      found.set('', (await api.studies.preview({ preset, tables }, { signal })).runs);
      for (const comparison of comparisons) {
        found.set(comparison, (await api.studies.preview({ preset, comparison }, { signal })).runs);
      }
      return found;
    });
    await offering;
    if (plans.error) estimated = undefined;
  }

  /** Seconds that the trainings of a claim take in a quick study; null while that is not known. */
  secondsOf(claim: JudgedClaim): number | null {
    const planned = plans.value?.get(comparisonOf(claim) ?? '') ?? [];
    return costOf(claim.missing?.trainings ?? [], planned);
  }

  /** The newest study that can train what a claim lacks. */
  studyFor(claim: JudgedClaim): StudySummary | undefined {
    const comparison = comparisonOf(claim);
    const judged = this.judged.value?.study;
    const fitting = (this.studies.value ?? [])
      .filter((study) => (study.comparison?.name ?? null) === comparison)
      .sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
    return fitting.find(({ id }) => id === judged) ?? fitting[0];
  }

  /** Queues what a claim lacks in that study; its runs that are trained are scored in the ways that are missing. */
  async run(claim: JudgedClaim, study: StudySummary): Promise<void> {
    const needed = claim.sides.flatMap(({ table }) => table ?? []);
    const nets = [...new Set(claim.sides.flatMap(({ net, trainScale }) => keysOf(net, trainScale)))];
    const only = study.comparison === null ? nets : (claim.missing?.trainings ?? []);
    await toasts.attempt(async () => {
      if (study.comparison === null)
        await api.studies.addTables({ id: study.id, tables: [...new Set(needed)] });
      await api.queue.add({ kind: 'study', id: study.id, ...(only.length > 0 && { only: [...only] }) });
      toasts.say(`${claim.title}: what is missing waits in the queue.`);
    });
  }
}

/** The trainings of a side: `D@256-512` and `E@256-512` of `D+E`. */
function keysOf(net: string | null, trainScale: JudgedClaim['sides'][number]['trainScale']): string[] {
  if (net === null || trainScale === null) return [];
  return net.split('+').map((one) => runKeyText({ net: one, trainScale }));
}
