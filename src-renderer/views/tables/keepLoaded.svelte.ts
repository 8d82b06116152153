import type { StudyState } from './StudyState.svelte.ts';

const millisecondsBetweenReads = { elsewhere: 5000, ending: 500 };

/** Keeps what a page shows of a study up to date while the page is there. */
export function keepLoaded(study: StudyState, load: () => Promise<void>): void {
  $effect(() => {
    // Read for the effect to run again when it changes.
    const { version: _version } = study;
    void load();
  });

  $effect(() => {
    if (!study.isUnderWay) return;
    const stopped = new AbortController();
    void study.follow(stopped.signal);
    return () => {
      stopped.abort();
    };
  });

  // What another program does, or a node of a cluster, is known from the log alone, as is the end of what was stopped.
  $effect(() => {
    if (!study.isReadAgain) return;
    const timer = setInterval(
      () => void load(),
      millisecondsBetweenReads[study.isEnding ? 'ending' : 'elsewhere'],
    );
    return () => {
      clearInterval(timer);
    };
  });
}
