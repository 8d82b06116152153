import { expect, it } from 'vitest';
import { claimName } from '../../../../src-renderer/views/compare/claimName.ts';

const run = (name: string, end: string) => ({ id: `20261128-154122-x-37-${end}`, name });

it.each([
  ['A@256#1', 'B@256#1', 'A-256-1-xh57-over-B-256-1-dnvb'],
  ['моя сеть', ' my net! ', 'xh57-over-my-net-dnvb'],
  ['a'.repeat(200), 'b'.repeat(200), `${'a'.repeat(20)}-xh57-over-${'b'.repeat(20)}-dnvb`],
])('names the claim of %s over %s as a file may be called', (better, worse, expected) => {
  const name = claimName(run(better, 'xh57'), run(worse, 'dnvb'));
  expect(name).toBe(expected);
  // What the main side takes for a claim's name.
  expect(name).toMatch(/^\w[\w-]{0,63}$/);
});
