import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cellRow } from '../../src-main/claims/cellRow.ts';
import { knownClaims, ownClaims, readClaims, shippedClaims } from '../../src-main/claims/readClaims.ts';
import { saveClaim } from '../../src-main/claims/saveClaim.ts';
import { readComparison } from '../../src-main/studies/comparison/readComparison.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'claims-'));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

function written(text: string, name = 'mine.yaml'): string {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
}

const good = `claims:
  - id: mine
    section: own
    title: D is better
    sentence: D errs less than C.
    kind: less
    sides: [{ table: 3, net: D, S: 256 }, { table: 3, net: C, S: 256 }]
`;

it('every claim that ships is of rows and trainings that there are', () => {
  const claims = shippedClaims();
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length);
  for (const claim of claims) {
    if (claim.kind === 'computed') continue;
    for (const side of claim.sides) {
      if ('S' in side) expect(cellRow(side), claim.id).toBeDefined();
      if ('comparison' in side)
        expect(readComparison(side.comparison).runs.map(({ key }) => key)).toContain(side.run);
    }
  }
});

it('the paper has a claim for each section that states one', () => {
  const sections = new Set(shippedClaims().map(({ section }) => section));
  expect([...sections].sort()).toEqual(['2.3', '3.1', '4.1', '4.2', '4.3', '4.4', 'after']);
});

it('reads a file of claims', () => {
  expect(readClaims(written(good))).toMatchObject([
    { id: 'mine', kind: 'less', sides: [{ net: ['D'] }, { net: ['C'] }] },
  ]);
});

it.each([
  ['an unknown net', good.replace('net: D', 'net: F'), 'there is no net F'],
  ['no such row', good.replace('table: 3, net: D', 'table: 4, net: A'), 'Table 4 has no such row'],
  ['neither table nor Q', good.replace('table: 3, net: D', 'net: D'), 'neither a table nor Q'],
  ['another kind', good.replace('kind: less', 'kind: better'), 'the kind is one of'],
  ['a side too few', good.replace(', { table: 3, net: C, S: 256 }', ''), 'sides'],
  ['a key that is none', good.replace('section: own', 'section: own\n    colour: red'), 'colour'],
  ['two of one id', good + good.slice(good.indexOf('  - id')), 'two claims are called mine'],
  ['no list', 'claims: all', 'claims'],
])('refuses %s, and says what to write', (_, text, fact) => {
  expect(() => readClaims(written(text))).toThrow(
    expect.objectContaining({
      code: 'claims-unreadable',
      message: expect.stringContaining(fact) as string,
    }) as Error,
  );
});

it('refuses a file that is not there, or no YAML', () => {
  expect(() => readClaims(join(home, 'none.yaml'))).toThrow(
    expect.objectContaining({ code: 'claims-unreadable' }) as Error,
  );
  expect(() => readClaims(written('claims: ['))).toThrow(
    expect.objectContaining({ code: 'invalid-yaml' }) as Error,
  );
});

it("adds a person's own, each id once", () => {
  expect(knownClaims(home)).toHaveLength(shippedClaims().length);
  mkdirSync(ownClaims(home));
  written(good, 'claims/mine.yaml');
  expect(knownClaims(home).at(-1)?.id).toBe('mine');
  written(good, 'claims/again.yaml');
  expect(() => knownClaims(home)).toThrow('there is another claim mine');
});

it('keeps the claim that one run is better than another', () => {
  const saved = saveClaim(home, { name: 'mine', better: 'run-a', worse: 'run-b' });
  expect(readClaims(saved.path)).toMatchObject([
    { id: 'mine', kind: 'less', sides: [{ id: 'run-a' }, { id: 'run-b' }] },
  ]);
  saveClaim(home, { name: 'mine', better: 'run-b', worse: 'run-a' });
  expect(knownClaims(home).at(-1)?.sides).toEqual([{ id: 'run-b' }, { id: 'run-a' }]);
});

it.each(['', '../away', 'a b', 'deeper-is-better'])('keeps none that is called %j', (name) => {
  expect(() => saveClaim(home, { name, better: 'a', worse: 'b' })).toThrow(
    expect.objectContaining({ code: 'claim-name' }) as Error,
  );
});
