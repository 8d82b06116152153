import type { Attachment } from 'svelte/attachments';

/** What an element shows, and of what: an element may come to stand for something else. */
export interface Shown {
  of: string;
  /** Null or empty before it is known. */
  value: string | number | boolean | null;
}

/** Whether something came that was not there before: a result, or another than before, of the same thing. */
export function hasArrived(before: Shown | undefined, now: Shown): boolean {
  const isEmpty = now.value === null || now.value === '' || now.value === false;
  return before?.of === now.of && before.value !== now.value && !isEmpty;
}

const shown = new WeakMap<Element, Shown>();
const calm: KeyframeAnimationOptions = { duration: 900, easing: 'ease-out' };

/** Shows calmly that a value came while the page is open; not where the system asks for less motion. */
export function arrival(of: string, value: Shown['value']): Attachment<HTMLElement> {
  return (element) => {
    const now = { of, value };
    const isNew = hasArrived(shown.get(element), now);
    shown.set(element, now);
    if (!isNew || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    // To what the element has anyway, such as the ground of a chosen row.
    element.animate([{ backgroundColor: 'var(--accent-ground)' }, {}], calm);
  };
}
