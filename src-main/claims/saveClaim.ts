import { join } from 'node:path';
import { stringify } from 'yaml';
import { WorkbenchError } from '../foundation/errors.ts';
import { requireFolder, writeFileAtomically } from '../foundation/files.ts';
import { ownClaims, shippedClaims } from './readClaims.ts';

/** That one run errs less than another, by full ids. */
export interface OwnClaim {
  name: string;
  better: string;
  worse: string;
  sentence?: string | undefined;
}

/**
 * Keeps the claim that one run is better than another among a person's own: a file of `claims` in the data folder. One of
 * the same name is replaced.
 *
 * @param home the data folder
 * @throws WorkbenchError `claim-name` for a name that is no file's, or that of a claim that ships; `write-failed`
 */
export function saveClaim(
  home: string,
  { name, better, worse, sentence }: OwnClaim,
): { id: string; path: string } {
  const path = join(ownClaims(home), `${name}.yaml`);
  if (!/^\w[\w-]{0,63}$/.test(name) || shippedClaims().some(({ id }) => id === name)) {
    throw new WorkbenchError(
      'claim-name',
      `A claim of your own cannot be called ${JSON.stringify(name)}.`,
      'Take letters, digits, - and _, and no name of a claim that ships: npm run -s vgg -- claims lists them.',
    );
  }
  requireFolder(ownClaims(home));
  const claim = {
    id: name,
    section: 'own',
    title: `${better} is better than ${worse}`,
    sentence: sentence ?? `Run ${better} errs less than run ${worse}.`,
    kind: 'less',
    sides: [{ id: better }, { id: worse }],
  };
  writeFileAtomically(path, stringify({ claims: [claim] }));
  return { id: name, path };
}
