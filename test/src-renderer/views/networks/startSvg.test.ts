import { expect, it } from 'vitest';
import { startSvg } from '../../../../src-renderer/views/networks/startSvg.ts';

const layers = [
  { name: 'conv1_1', activation: 1, gradient: 1e-12, weight: 4 },
  { name: 'fc8', activation: 1e-2, gradient: 0, weight: 4 },
];

it('draws each quantity by scheme on shared powers of ten, and says what has no place there', () => {
  const svg = startSvg(
    {
      measured: [{ net: 'B', scheme: 'normal', loss: 2.3, layers }],
      ranges: { activation: [-2, 0], gradient: [-12, -11] },
      about: 'Crop 64, width 0.25',
    },
    "'Inter', sans-serif",
  );
  for (const text of ['Normal, deviation 0.01', 'LSUV', 'B', '10⁻¹²', '10⁰', '19', 'Gradient: its norm'])
    expect(svg).toContain(`>${text}</text>`);
  // From the top of the first plot, at 80, to its bottom, 130 below: a step of 18 of 150 pixels.
  expect(svg).toContain('d="M62 80L70.3 210"');
  expect(svg).toContain('>Crop 64, width 0.25. One pass of 16 images');
  expect(svg).toContain('no place on the axes: 1.');
});
