import { getContext, setContext } from 'svelte';

/** Which of the series that several charts and lists share is pointed at, and which are hidden; while the view is open. */
export class SeriesFocus {
  pointedAt = $state<string | null>(null);
  hidden = $state.raw<ReadonlySet<string>>(new Set());

  /** Hides it in all charts, or shows it again. */
  toggle(id: string): void {
    this.hidden = this.hidden.has(id)
      ? new Set([...this.hidden].filter((other) => other !== id))
      : new Set([...this.hidden, id]);
  }

  showAll(): void {
    this.hidden = new Set();
  }

  /** For an element that stands for a series. */
  readonly pointing = (id: string) => ({
    onpointerenter: () => {
      this.pointedAt = id;
    },
    onpointerleave: () => {
      if (this.pointedAt === id) this.pointedAt = null;
    },
  });
}

const key = Symbol('series focus');

/** All charts and lists within the component that calls it share it. */
export function shareFocus(): SeriesFocus {
  return setContext(key, new SeriesFocus());
}

/** Undefined for a chart that stands alone. */
export function sharedFocus(): SeriesFocus | undefined {
  return getContext<SeriesFocus | undefined>(key);
}
