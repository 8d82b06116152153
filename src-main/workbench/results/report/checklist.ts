import type { JudgedClaims } from '../../../claims/judged.ts';
import type { ReportFacts } from '../../../report/facts.ts';
import type { RunLog } from '../../../runs/RunLog.ts';
import { endingsNotConverged } from '../../../vocabulary/convergence.ts';
import type { PlacedRun } from '../placedRuns.ts';

type Entry = ReportFacts['checklist'][number];

/** What reviewers ask of results, and what the records of the runs answer. */
export function checklist(log: RunLog, runs: readonly PlacedRun[], claims: JudgedClaims): Entry[] {
  const seeds = new Set(runs.map(({ seed }) => seed));
  const endings = runs.map(({ run }) => log.judge.of(run));
  const ended = endings.filter((ending) => ending !== null);
  const notConverged = ended.filter(({ kind }) => endingsNotConverged.includes(kind)).length;
  const fingerprints = new Set(runs.flatMap(({ run }) => run.dataset?.fingerprint ?? []));
  const environments = runs.map(({ run }) => run.environment);
  const commits = new Set(environments.map((environment) => environment?.commit ?? null));
  const machines = new Set(
    environments.map((one) => `${one?.cpu ?? ''} ${one?.gpu ?? ''} ${one?.kernels ?? ''}`),
  );
  const unfinished = runs.filter(({ run }) => run.status !== 'finished').length;
  return [
    entry(
      'Every run finished',
      unfinished === 0,
      unfinished === 0 ? `${runs.length} runs` : `${unfinished} did not`,
    ),
    entry(
      'More than one seed',
      seeds.size > 1,
      `${seeds.size}; one speaks of trained nets, not of how such nets train`,
    ),
    entry(
      'Every training converged',
      notConverged > 0 ? false : ended.length < runs.length ? null : true,
      `${notConverged} did not, of ${runs.length - ended.length} it is not known`,
    ),
    entry(
      'All runs on the same images',
      fingerprints.size === 1,
      fingerprints.size === 1 ? 'one fingerprint, in Data' : `${fingerprints.size} fingerprints, in Data`,
    ),
    entry('Error bars', true, '95 % intervals of every error and effect; which, below each table'),
    entry('Many tests accounted for', true, `${claims.tested} claims tested together, by Holm's method`),
    entry('Every setting given', true, 'in Protocol'),
    entry('Seeds given', true, [...seeds].join(', ')),
    entry(
      'Code of a known commit, unchanged',
      !commits.has(null) && ![...commits].some((commit) => commit?.endsWith('-dirty')),
      [...commits].map((commit) => commit ?? 'not known').join(', '),
    ),
    entry(
      'One kind of machine',
      machines.size === 1,
      machines.size === 1 ? 'in Environment' : `${machines.size} kinds, in Environment`,
    ),
  ];
}

function entry(asked: string, met: boolean | null, answer: string): Entry {
  return { asked, met, answer };
}
