import { expect, it } from 'vitest';
import { matrixSvg } from '../../../../../src-renderer/views/runPage/mistakes/matrixSvg.ts';

const figure = { name: 'A@64#1', evaluation: 'single-view, Q = 37', as: 'count' } as const;
const counts = [
  [7, 3],
  [0, 10],
];

it('draws the numbers, the names, the scale and how many images there were', () => {
  const svg = matrixSvg({ classes: ['cat <1>', 'dog'], counts }, figure, "'Inter', sans-serif");
  for (const text of [
    'Confusion matrix: A@64#1',
    'Predicted class',
    'True class',
    'cat &lt;1&gt;',
    '7',
    'images',
    '10',
    '0 %',
    '100 %',
    'Share of the images of the true class',
  ])
    expect(svg).toContain(`>${text}</text>`);
  // Its lines as one text.
  expect(svg.replaceAll(/<\/text>\n<text[^>]*>/g, ' ')).toContain(
    '20 images, 17 of them (on the diagonal) taken for their own class.',
  );
  // All of a class: the full colour, and its number in white on it.
  expect(svg).toMatch(/<path fill="#084c84" d="M[\d.]+ [\d.]+h34.3v34.3/);
  expect(svg).toMatch(/fill="#ffffff">10</);
  const shares = matrixSvg({ classes: ['cat', 'dog'], counts }, { ...figure, as: 'share' }, 'serif');
  expect(shares).toContain('>70 %</text>');
});

it('numbers many classes, and draws only the cells that hold images', () => {
  const classes = Array.from({ length: 200 }, (_, index) => `class ${index}`);
  const many = classes.map((_, row) => classes.map((__, column) => Number(row === column)));
  const svg = matrixSvg({ classes, counts: many }, figure, 'serif');
  expect(svg).toContain('>180</text>');
  expect(svg).not.toContain('class 1<');
  // 200 cells of 2.8 pixels, each reaching 0.3 under its neighbours.
  expect(svg.match(/h3\.1v3\.1/g)).toHaveLength(200);
  expect(svg.length).toBeLessThan(30_000);
});
