import { settingsOfOverride } from '../configuration/configSources.ts';
import { ownedByStudy } from './errors.ts';

/**
 * Keeps overrides off what a study settles for each of its runs.
 *
 * @param owned keys, each with how to settle it otherwise
 * @throws WorkbenchError `override-owned-by-study`, and those of an override
 */
export function refuseKeys(owned: ReadonlyMap<string, string>, overrides: readonly string[]): void {
  for (const { key } of overrides.flatMap(settingsOfOverride)) {
    const nextStep = owned.get(key);
    if (nextStep !== undefined) throw ownedByStudy(key, nextStep);
  }
}
