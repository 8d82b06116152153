import type { Cluster } from '../clusters.ts';
import type { ProbeAnswer } from './answers.ts';

/** One thing that was checked. */
export interface CheckFinding {
  what: string;
  isGood: boolean;
  text: string;
}

/** The largest checkpoint: net E at full width, weights and momentum. */
const largestMegabytes = 1150;
const secondsOfClocks = 30;

/** What a probe's answer means. */
export function findingsOf({
  answer,
  lag,
  cluster,
  seenAt,
  here,
}: {
  answer: ProbeAnswer;
  /** Seconds to the node and back; null if it saw no answer. */
  lag: number | null;
  cluster: Cluster;
  /** When the login saw the answer, by its clock. */
  seenAt: number;
  here: { workbench: string; commit: string | null };
}): CheckFinding[] {
  const difference = Math.abs(seenAt - answer.now) / 1000 - (lag ?? 0);
  const checkpoint = largestMegabytes / answer.megabytesPerSecond;
  return [
    { what: 'program', isGood: true, text: `runs on ${answer.node}` },
    versionFinding(answer, here),
    {
      what: 'TensorFlow',
      isGood: answer.engine !== null,
      text:
        answer.engine ??
        'not set up where the node looks for it: run npm run -s vgg -- setup with a VGG_CACHE that the nodes see',
    },
    {
      what: 'cores',
      isGood: answer.threads === cluster.cpus,
      text: `${answer.threads ?? 'none'} of ${cluster.cpus} asked for`,
    },
    {
      what: 'GPUs',
      isGood: answer.gpus.length >= cluster.gpus,
      text: `${answer.gpus.length === 0 ? 'none' : answer.gpus.join(', ')}; asked for ${cluster.gpus}`,
    },
    lagFinding(lag, cluster),
    {
      what: 'locks',
      // The mark of the newest attempt does without them.
      isGood: true,
      text: answer.locksTwice
        ? 'do not hold between machines, which is provided for'
        : 'hold between machines',
    },
    {
      what: 'clock',
      isGood: difference < secondsOfClocks,
      text: difference < 1 ? 'as here' : `differs by some ${Math.round(difference)} s`,
    },
    {
      what: 'checkpoints',
      isGood: checkpoint < cluster.lead / 2,
      text: `${Math.round(answer.megabytesPerSecond)} MB/s: the largest net's takes some ${Math.ceil(checkpoint)} s, and lead is ${cluster.lead} s`,
    },
  ];
}

function lagFinding(lag: number | null, { settle }: Cluster): CheckFinding {
  if (lag === null)
    return { what: 'files', isGood: false, text: 'what the login writes is not seen on the node' };
  const isGood = lag < settle;
  const text = `seen ${lag.toFixed(1)} s later, there and back`;
  return {
    what: 'files',
    isGood,
    text: isGood ? text : `${text}: set settle to ${Math.ceil(2 * lag)} or more`,
  };
}

function versionFinding(
  { version, commit }: ProbeAnswer,
  here: { workbench: string; commit: string | null },
): CheckFinding {
  const isGood = version === here.workbench && commit === here.commit;
  const there = `${version} (${commit ?? '?'})`;
  const text = isGood
    ? `${there}, the same as here`
    : `${there} there, ${here.workbench} (${here.commit ?? '?'}) here`;
  return { what: 'version', isGood, text };
}
