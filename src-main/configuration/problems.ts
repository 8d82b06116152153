import { WorkbenchError, type ErrorCode } from '../foundation/errors.ts';

/** What is wrong with one key of a configuration, in the words of a {@link WorkbenchError}. */
export interface ConfigProblem {
  /** Empty where no key is to blame. */
  key: string;
  code: ErrorCode;
  message: string;
  nextStep: string;
}

export function problemOf(key: string, { code, message, nextStep }: WorkbenchError): ConfigProblem {
  return { key, code, message, nextStep };
}

export function errorOf({ code, message, nextStep }: ConfigProblem): WorkbenchError {
  return new WorkbenchError(code, message, nextStep);
}
