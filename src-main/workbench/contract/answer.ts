import { z } from 'zod';

/** What goes out is made by this program: it is typed, and not checked again. */
export function answer<Output>() {
  return z.custom<Output>();
}

/** One thing by its id, by the beginning of the id or by its last four characters. */
export const id = z.strictObject({ id: z.string() });

/** Preset < YAML file < overrides: where a configuration comes from. */
export const configSources = {
  /** A preset's base settings come first. */
  preset: z.string().optional(),
  /** Path of a YAML file over them. */
  file: z.string().optional(),
  /** `key.path=value`, over both. */
  overrides: z.array(z.string()).default([]),
};
