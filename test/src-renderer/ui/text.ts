import { createRawSnippet, type Snippet } from 'svelte';

/** A snippet of some words, for components that take children. */
export function text(words: string): Snippet {
  return createRawSnippet(() => ({ render: () => `<span>${words}</span>` }));
}
