import { bestEffort } from './bestEffort.ts';

const millisecondsBetweenBeats = 15_000;

/** Writes heartbeats to the database while the work goes on: other machines that share it judge by them. */
export async function whileBeating<Result>(beat: () => void, work: () => Promise<Result>): Promise<Result> {
  const timer = setInterval(() => {
    bestEffort(beat);
  }, millisecondsBetweenBeats);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
