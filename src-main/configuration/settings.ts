import { z } from 'zod';

/** Settings as written in a preset or a configuration file; checked as such when a run is made of them. */
export const settingsSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
export type Settings = z.infer<typeof settingsSchema>;

/** Lays settings over others, section by section. */
export function overlay(base: Settings, ...layers: readonly Settings[]): Settings {
  const result = structuredClone(base);
  for (const layer of layers) {
    for (const [section, values] of Object.entries(layer)) {
      result[section] = { ...result[section], ...values };
    }
  }
  return result;
}
