import { durationText } from '../../../vocabulary/durations.ts';
import { momentText } from '../../../vocabulary/moments.ts';
import type { RunEvent } from '../../../workbench/contract.ts';

type Responsiveness = Extract<RunEvent, { type: 'unresponsive' | 'responsive' }>;

/** Whether the trainer responds, and what to do if it does not. */
export function responsivenessText(event: Responsiveness): string {
  return event.type === 'responsive'
    ? `The trainer responds again after ${durationText(event.silentSeconds)}.`
    : `The trainer has not responded since ${momentText(event.since)}. Wait, or stop it with Ctrl+C: a run can be resumed from its last checkpoint.`;
}
