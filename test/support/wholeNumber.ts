import { InvalidArgumentError } from 'commander';

/** Reads an option that is a whole number from `least` on. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`A whole number from ${least} on.`);
  };
}
