import type { RunSummary } from '../../src-main/workbench/contract.ts';

/** `Another program` `trains 2 nets`, of which one trains beside `2 nets that another program trains`. */
export interface TrainedElsewhere {
  who: string;
  what: string;
  text: string;
  beside: string;
}

/** Who trains what the queue of this window does not: another program, such as the command line; null for nobody. */
export function trainedElsewhere(
  runs: readonly Pick<RunSummary, 'elsewhere' | 'host'>[],
): TrainedElsewhere | null {
  const others = runs.filter(({ elsewhere }) => elsewhere);
  if (others.length === 0) return null;
  const nets = others.length === 1 ? '1 net' : `${others.length} nets`;
  const who = others.every(({ host }) => host !== null) ? 'Another machine' : 'Another program';
  const what = `trains ${nets}`;
  return { who, what, text: `${who} ${what}`, beside: `${nets} that ${who.toLowerCase()} trains` };
}
