import { WorkbenchError } from '../../../foundation/errors.ts';

/** Greatest number of units accepted; no layer has more. */
const maxUnits = 100_000;

/** Parses units from a text such as `0-7,12`. @throws WorkbenchError `units-malformed` */
export function unitsOf(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(part.trim())?.slice(1).map(toNumber) ?? [];
    if (first === undefined || last === undefined || last < first) {
      throw malformed(`"${text}" names no units.`);
    }
    if (last - first >= maxUnits) throw malformed(`"${text}" names more units than any layer has.`);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function toNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

function malformed(fact: string): WorkbenchError {
  return new WorkbenchError(
    'units-malformed',
    fact,
    'Give whole numbers from 0 and ranges of them: 3, or 0-7,12.',
  );
}
