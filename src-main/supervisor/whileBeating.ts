import { bestEffort } from './bestEffort.ts';

const millisecondsBetweenBeats = 15_000;

/** Gives a sign of life in the database for as long as the work goes on: other machines that share it judge by that. */
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
