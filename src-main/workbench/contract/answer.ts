import { z } from 'zod';

/** The type of an output. Outputs come from this program, so they are typed but not checked again. */
export function answer<Output>() {
  return z.custom<Output>();
}

/** Identifies one thing by its id, the beginning of its id, or its last four characters; a run by its name, too. */
export const id = z.strictObject({ id: z.string() });

/** Where a configuration comes from: preset < YAML file < overrides. */
export const configSources = {
  /** The preset whose base settings come first. */
  preset: z.string().optional(),
  /** Path of a YAML file that overrides them. */
  file: z.string().optional(),
  /** `key.path=value`; they override both. */
  overrides: z.array(z.string()).default([]),
};
