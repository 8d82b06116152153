/** Where what the pages show comes from. */
class Source {
  /** Whether it cannot be reached now: nothing that is awaited comes until it can. */
  isAway = $state(false);
  /** How many parts of the page are awaited. */
  awaited = $state(0);
}

export const source = new Source();
