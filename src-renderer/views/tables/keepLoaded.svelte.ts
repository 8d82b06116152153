import type { StudyState } from './StudyState.svelte.ts';

const millisecondsBetweenReads = 5000;

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

  // What another program does, or a node of a cluster, is known from the log alone.
  $effect(() => {
    if (!study.isReadAgain) return;
    const timer = setInterval(() => void load(), millisecondsBetweenReads);
    return () => {
      clearInterval(timer);
    };
  });
}
