/**
 * The steps of a set-up, in order. `wait` comes first where another process is already at work on the same set-up;
 * `verify` (of a wheel kept from an interrupted set-up) may also come before `download`.
 */
export type SetupStage = 'wait' | 'download' | 'verify' | 'extract' | 'compile' | 'ready';

/** What a set-up is doing now. Sizes are in bytes and present where they are known. */
export interface SetupProgress {
  stage: SetupStage;
  /** The file, wheel or folder the stage is about. */
  subject: string;
  doneBytes?: number;
  totalBytes?: number;
}

/** The arguments that every step of a set-up gets. */
export interface SetupContext {
  onProgress: (progress: SetupProgress) => void;
  signal?: AbortSignal | undefined;
  /** Whether the content of what is there already is checked too, and not only the sizes. It takes seconds. */
  verify?: boolean | undefined;
}
