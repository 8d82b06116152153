import { join } from 'node:path';
import { z } from 'zod';

/** What a probe job finds on its node. */
export const probeAnswerSchema = z.strictObject({
  node: z.string(),
  version: z.string(),
  commit: z.string().nullable(),
  /** TensorFlow's version and build; null if it is not set up there. */
  engine: z.string().nullable(),
  gpus: z.array(z.string()),
  threads: z.int().nullable(),
  /** Its clock when it wrote this, in milliseconds since 1970. */
  now: z.number(),
  /** Whether it could lock what the login holds locked. */
  locksTwice: z.boolean(),
  megabytesPerSecond: z.number(),
});
export type ProbeAnswer = z.infer<typeof probeAnswerSchema>;

export const lagSchema = z.strictObject({
  /** Seconds until an answer of the login was seen, there and back; null if it was not. */
  seconds: z.number().nullable(),
});

/** The files of a check, in a folder of its own in the data folder. */
export class CheckFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get answer(): string {
    return join(this.path, 'answer.json');
  }

  /** The login's word that it has seen the answer. */
  get seen(): string {
    return join(this.path, 'seen');
  }

  get lag(): string {
    return join(this.path, 'lag.json');
  }

  get script(): string {
    return join(this.path, 'job.sh');
  }

  get output(): string {
    return join(this.path, 'slurm.log');
  }

  get block(): string {
    return join(this.path, 'block');
  }
}
