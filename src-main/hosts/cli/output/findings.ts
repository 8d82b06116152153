import type { CheckEvent } from '../../../workbench/contract.ts';

type Finding = Extract<CheckEvent, { type: 'report' }>['report']['findings'][number];

/** How many findings about its images a training prints before it starts; the check of a dataset lists all. */
const maxNotes = 8;

/** Where a finding is: `val/CLASS/FILE`, or the name of a class. */
export function whereText({ split, subject }: Finding): string {
  return split === null ? subject : `${split}/${subject}`;
}

/** A line for each of the first findings, and one that counts the rest. */
export function noteLines(findings: readonly Finding[]): string[] {
  const rest = findings.length - maxNotes;
  return [
    ...findings.slice(0, maxNotes).map((finding) => `Note: ${whereText(finding)}: ${finding.fact}`),
    ...(rest > 0 ? [`Note: ${rest} more, all listed by npm run -s vgg -- data check`] : []),
  ];
}
