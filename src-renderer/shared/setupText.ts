import type { SetupEvent } from '../../src-main/workbench/contract.ts';
import { bytesText } from '../../src-main/vocabulary/bytes.ts';

type SetupProgress = Extract<SetupEvent, { type: 'progress' }>['progress'];

const verbs: Record<SetupProgress['stage'], string> = {
  wait: 'Waits for another set-up of',
  download: 'Downloads',
  verify: 'Verifies',
  extract: 'Unpacks',
  compile: 'Compiles',
  ready: 'Ready:',
};

/** `Downloads tensorflow.whl, 120 MB of 260 MB` */
export function setupText({ stage, subject, doneBytes, totalBytes }: SetupProgress): string {
  const name = subject.split(/[/\\]/).at(-1) ?? subject;
  const size =
    doneBytes === undefined
      ? ''
      : `, ${bytesText(doneBytes)}${totalBytes === undefined ? '' : ` of ${bytesText(totalBytes)}`}`;
  return `${verbs[stage]} ${name}${size}`;
}

/** Share of the stage, 0–1; null where its size is not known. */
export function setupShare({ doneBytes, totalBytes }: SetupProgress): number | null {
  return doneBytes === undefined || !totalBytes ? null : doneBytes / totalBytes;
}
