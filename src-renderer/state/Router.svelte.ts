/**
 * Where the window is: `#/runs/ID?tab=log` is the path `['runs', 'ID']` and the parameters `{ tab: 'log' }`. What a person
 * would want to come back to or copy belongs here, anything else into a component.
 */
class Router {
  path = $state.raw<readonly string[]>([]);
  parameters = $state.raw<URLSearchParams>(new URLSearchParams());
  /** How often somebody went to an address: by a link, by pasting one, or back. {@link set} does not count. */
  arrivals = $state(0);

  constructor() {
    this.#read();
    window.addEventListener('hashchange', () => {
      this.arrivals++;
      this.#read();
    });
  }

  get view(): string {
    return this.path[0] ?? 'runs';
  }

  go(to: string): void {
    location.hash = to;
  }

  /**
   * The way on from here, for after some work: who has gone elsewhere meanwhile is not fetched back.
   *
   * @returns goes on if the window is still where it was, and says whether it was
   */
  fromHere(): (to: string) => boolean {
    const here = pathNow();
    return (to) => {
      const stayed = pathNow() === here;
      if (stayed) this.go(to);
      return stayed;
    };
  }

  /** Changes parameters in place, without a step in the history; an empty value takes one away. */
  set(changes: Record<string, string>): void {
    const parameters = new URLSearchParams(this.parameters);
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') parameters.delete(name);
      else parameters.set(name, value);
    }
    const query = parameters.toString();
    history.replaceState(null, '', `#/${this.path.join('/')}${query === '' ? '' : `?${query}`}`);
    this.parameters = parameters;
  }

  #read(): void {
    const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
    this.path = path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
    this.parameters = new URLSearchParams(query);
  }
}

/** Of the address bar: the router hears of a new address a moment later. */
function pathNow(): string {
  return location.hash.split('?', 1)[0] ?? '';
}

export const router = new Router();
