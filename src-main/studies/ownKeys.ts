import { settingsOfOverride } from '../configuration/configSources.ts';
import { ownedByStudy } from './errors.ts';

/**
 * Refuses overrides of keys that a study sets for each of its runs.
 *
 * @param owned keys, each with how to change that setting instead
 * @throws WorkbenchError `override-owned-by-study`, and those of an override
 */
export function refuseKeys(owned: ReadonlyMap<string, string>, overrides: readonly string[]): void {
  for (const { key } of overrides.flatMap(settingsOfOverride)) {
    const nextStep = owned.get(key);
    if (nextStep !== undefined) throw ownedByStudy(key, nextStep);
  }
}
