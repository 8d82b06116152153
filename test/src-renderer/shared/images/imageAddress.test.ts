import { describe, expect, it } from 'vitest';
import type { ImageReference } from '../../../../src-main/workbench/contract.ts';
import { imageFromParameters, mapsAddress } from '../../../../src-renderer/shared/images/imageAddress.ts';

const images: ImageReference[] = [
  { kind: 'dataset', dataset: '/data/a & b', split: 'val', name: 'n01/ä?=#:1.png' },
  { kind: 'dataset', dataset: 'fashion-mnist', split: 'train', name: 'Bag/7' },
  { kind: 'file', path: 'C:\\pictures\\cat.jpg' },
  { kind: 'upload', id: '1-2' },
];

describe('the address of an image', () => {
  it.each(images)('leads back to it: $kind', (image) => {
    const address = mapsAddress('run-1', image, 'epoch-0001');
    expect(address.startsWith('#/maps/run-1?')).toBe(true);
    // Read as the router reads it: by the first question mark.
    const parameters = new URLSearchParams(address.split('?')[1]);
    expect(parameters.get('checkpoint')).toBe('epoch-0001');
    expect(imageFromParameters(parameters.get('image') ?? '', parameters.get('dataset') ?? '')).toEqual(
      image,
    );
  });

  it('leads nowhere where it names no image', () => {
    for (const image of ['', 'val:', 'Bag/7', 'test:Bag/7']) {
      expect(imageFromParameters(image, 'fashion-mnist')).toBeNull();
    }
  });
});
