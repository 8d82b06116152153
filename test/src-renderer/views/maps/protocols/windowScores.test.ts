import { describe, expect, it } from 'vitest';
import {
  averagingText,
  gridOf,
  nearestWindow,
  predictedName,
} from '../../../../../src-renderer/views/maps/protocols/windowScores.ts';

const window = (left: number, top: number, mirrored = false) => ({
  left,
  top,
  width: 10,
  height: 10,
  mirrored,
  posteriors: [],
});
const [a, b, c, d] = [window(0, 0), window(6, 0), window(0, 4), window(6, 4)];

it('windows are laid out as they lie in the image, mirrored ones from the other side', () => {
  expect(gridOf([b, a, d, c])).toEqual([
    [a, b],
    [c, d],
  ]);
});

it('the nearest window is that whose middle is nearest', () => {
  // The middles are at 5 and 11, and at 5 and 9.
  expect(nearestWindow([a, b, c, d], { x: 9, y: 6 })).toBe(b);
  expect(nearestWindow([a, b, c, d], { x: 0, y: 10 })).toBe(c);
  expect(nearestWindow([], { x: 0, y: 0 })).toBeUndefined();
});

it('the predicted class is the greatest, and none where all is NaN', () => {
  const classes = [
    { label: 4, name: 'Coat' },
    { label: 6, name: 'Shirt' },
  ];
  expect(predictedName([0.3, 0.6], classes)).toBe('Shirt');
  expect(predictedName([NaN, NaN], classes)).toBeUndefined();
});

describe('how windows are averaged', () => {
  const both = [a, b, { ...a, mirrored: true }, { ...b, mirrored: true }];

  it.each([
    ['multi-crop', both, 'The mean of the posteriors of 2 windows, then the mean with the mirrored image.'],
    ['centre-crop', [a], 'One window as it is.'],
  ])('by %s', (pass, windows, text) => {
    expect(averagingText({ windows }, pass, 'before-softmax')).toBe(text);
  });

  it('by dense, logits if the score map is averaged before the softmax', () => {
    expect(averagingText({ windows: [a, b] }, 'dense', 'before-softmax')).toContain(
      'of the logits of 2 positions',
    );
    expect(averagingText({ windows: [a, b] }, 'dense', 'after-softmax')).toBe(
      'The mean of the posteriors of 2 positions of the score map.',
    );
  });
});
