/**
 * A name for the claim that one run is better than another, as a file may have it: `A-256-1-xh57-over-B-256-1-dnvb`. The ends
 * of the ids tell runs of one name apart.
 */
export function claimName(...runs: readonly [better: NamedRun, worse: NamedRun]): string {
  return runs
    .map(({ id, name }) => `${plain(name).slice(0, 20)}-${id.slice(-4)}`.replace(/^-/, ''))
    .join('-over-');
}

interface NamedRun {
  id: string;
  name: string;
}

function plain(text: string): string {
  return text.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '');
}
