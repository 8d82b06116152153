import { expect, it } from 'vitest';
import { quantityOf } from '../../../../src-renderer/shared/layerStatistics/quantities.ts';

it('reads the quantity of an address; what names none is the usual one', () => {
  expect(quantityOf('activation/dead')).toBe('activation/dead');
  for (const none of [null, '', 'dead', 'constructor', 'toString'])
    expect(quantityOf(none)).toBe('gradient/norm');
});
