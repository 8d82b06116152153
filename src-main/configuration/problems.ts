import { problemOf, WorkbenchError, type Problem } from '../foundation/errors.ts';

/** What is wrong with one key of a configuration. */
export interface ConfigProblem extends Problem {
  /** Empty where no key is to blame. */
  key: string;
}

/** @throws any error that is not a WorkbenchError */
export function problemAt(key: string, error: unknown): ConfigProblem {
  return { key, ...problemOf(error) };
}

export function errorOf({ code, message, nextStep }: ConfigProblem): WorkbenchError {
  return new WorkbenchError(code, message, nextStep);
}
