import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { maxBytesOfYaml, readYaml } from '../configuration/yamlText.ts';
import { WorkbenchError } from '../foundation/errors.ts';
import { readSmallFile } from '../foundation/files.ts';
import { expanded } from '../foundation/home.ts';
import { resourcesFolder } from '../foundation/project.ts';
import { ReadFiles } from '../foundation/ReadFiles.ts';
import { cellRow } from './cellRow.ts';
import { claimsFileSchema, type Claim } from './definition.ts';

const claimsFiles = new ReadFiles(readFile);

/** Where a person's own claims lie. */
export function ownClaims(home: string): string {
  return join(home, 'claims');
}

/** The claims that ship: the paper's, and those of later work on nets that are made from its. */
export function shippedClaims(): Claim[] {
  return claimsIn(join(resourcesFolder, 'claims')).flatMap(({ claims }) => claims);
}

/**
 * The claims that ship, then those of a person in the folder `claims` of the data folder.
 *
 * @throws WorkbenchError `claims-unreadable` also if one of a person's has the id of another
 */
export function knownClaims(home: string): Claim[] {
  const known = shippedClaims();
  for (const { path, claims } of claimsIn(ownClaims(home))) {
    for (const claim of claims) {
      if (known.some(({ id }) => id === claim.id))
        throw claimsUnreadable(path, `there is another claim ${claim.id}`);
      known.push(claim);
    }
  }
  return known;
}

function claimsIn(folder: string): { path: string; claims: readonly Claim[] }[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  return files.sort().map((file) => {
    const path = join(folder, file);
    return { path, claims: readClaims(path) };
  });
}

/**
 * The claims of a file.
 *
 * @throws WorkbenchError `claims-unreadable`, `invalid-yaml`
 */
export function readClaims(given: string): readonly Claim[] {
  return claimsFiles.of(expanded(given));
}

function readFile(path: string): readonly Claim[] {
  if (!existsSync(path)) throw claimsUnreadable(path, 'there is no such file');
  const bytes = readSmallFile(path, maxBytesOfYaml);
  if (bytes === undefined) throw claimsUnreadable(path, 'it is no file, or longer than any list of claims');
  const result = claimsFileSchema.safeParse(readYaml(path, bytes.toString('utf8')).value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw claimsUnreadable(path, `${issue?.path.join('.') ?? ''}: ${issue ? factOf(issue) : 'it is none'}`);
  }
  for (const claim of result.data.claims) requireRows(path, claim);
  return result.data.claims;
}

/** What is wrong in a side of one form says more than that it is of none. */
function factOf(issue: z.core.$ZodIssue): string {
  const within = issue.code === 'invalid_union' ? issue.errors.flat() : [];
  return within.find(({ code }) => code === 'custom')?.message ?? issue.message;
}

/** A cell says in which row of the paper it is, or how it is scored. */
function requireRows(path: string, claim: Claim): void {
  if (claim.kind === 'computed') return;
  for (const side of claim.sides) {
    if (!('S' in side)) continue;
    if (side.table !== undefined && cellRow(side) === undefined)
      throw claimsUnreadable(path, `${claim.id}: Table ${side.table} has no such row, or several`);
    if (side.table === undefined && side.Q === undefined)
      throw claimsUnreadable(path, `${claim.id}: a side has neither a table nor Q`);
  }
}

function claimsUnreadable(path: string, fact: string): WorkbenchError {
  return new WorkbenchError(
    'claims-unreadable',
    `${path} is no list of claims that can be read: ${fact}.`,
    'Write it as resources/claims/paper.yaml is: id, section, title, sentence, kind and sides of each claim.',
  );
}
