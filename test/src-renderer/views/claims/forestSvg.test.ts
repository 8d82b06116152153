import { expect, it } from 'vitest';
import { forestSvg } from '../../../../src-renderer/views/claims/forestSvg.ts';
import { claim } from './aClaim.ts';

const claims = [
  claim(),
  claim({ id: 'far', title: 'A <far> one', verdict: 'contradicted', effect: 3, low: 1, high: 9, margin: 1 }),
  claim({ id: 'later', section: 'after', title: 'Later', verdict: 'holds', paperEffect: null, images: 2000 }),
  claim({ id: 'open', title: 'Not measured', verdict: 'not-run', effect: null, low: null, high: null }),
  claim({ id: 'counted', title: 'Counted', kind: 'computed' }),
];
const svg = forestSvg(claims, 4, "'Inter', sans-serif");

it('draws what was measured by section, with its verdict and difference, in words', () => {
  expect(svg).toContain('>Sect. 4.1 · One scale: what depth brings</text>');
  expect(svg).toContain('>After the paper</text>');
  expect(svg).toContain('>A &lt;far&gt; one</text>');
  expect(svg).toMatch(/fill="#b3261e" font-weight="bold">contradicted</);
  expect(svg).toContain('>−1.20, −2.90 to +0.50</text>');
  expect(svg).not.toContain('Not measured');
  expect(svg).not.toContain('Counted');
  // The caption is in lines.
  const words = [...svg.matchAll(/>([^<>]*)<\/text>/g)].map(([, text]) => text).join(' ');
  expect(words).toContain('on 1,000 or 2,000 validation images, with 1 seed;');
  expect(words).toContain('2 more were counted or not run.');
});

it('places differences, intervals and the paper on one axis', () => {
  // 4 points to either side of 0 are 220 pixels from 440: −1.2 at 517, −2.9 to 0.5 at 470.3 to 563.8, −0.6 at 533.5.
  expect(svg).toContain('<rect x="513" y=');
  expect(svg).toMatch(/<line x1="470\.3" y1="([\d.]+)" x2="563\.8" y2="\1"/);
  expect(svg).toContain('<path d="M533.5 ');
  for (const tick of ['−4', '−2', '0', '+2', '+4']) expect(svg).toContain(`>${tick}</text>`);
  // An interval that goes on ends in an arrow at the end of the axis; 1 to 4 points are from 577.5.
  expect(svg).toMatch(/<path d="M660 [\d.]+l-8 -5v10z" fill="#b3261e"\/>/);
  expect(svg).toContain('>points of top-1 error</text>');
});

it('draws all where nothing was measured: what the paper says', () => {
  const open = forestSvg(claims.slice(3), 4, 'serif');
  expect(open).toContain('>Not measured</text>');
  expect(open).toContain('>not run</text>');
  expect(open).not.toContain('Holm');
});
