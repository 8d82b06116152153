import type { ToTrainer } from '../trainer/protocol.ts';

/** How a trainer process ended: by itself with a code, or by a signal. */
export interface TrainerExit {
  code: number | null;
  signal: string | null;
}

/** The workbench's end of a trainer process. Hosts differ only in how they start one. */
export interface TrainerLink {
  /** Whether a training goes on when this process is gone. */
  readonly lasting?: boolean;
  /** Reports the process id once the process runs. */
  onStart(receive: (pid: number) => void): void;
  send(message: ToTrainer): void;
  onMessage(receive: (message: unknown) => void): void;
  /** Passes on text that the process printed: TensorFlow's own warnings, a crash. */
  onOutput(receive: (text: string) => void): void;
  onExit(receive: (exit: TrainerExit) => void): void;
  /** Ends the process at once. */
  kill(): void;
}

/**
 * @param threads that compute in the process; null for one on each core
 * @param gpu its place among those that may be used, if the process is to use only one of them
 */
export type StartTrainer = (threads: number | null, gpu?: number) => TrainerLink;
