import { expect, it } from 'vitest';
import { momentText } from '../../src-main/vocabulary/moments.ts';

const noon = '2024-11-24T12:05:00';

it('has the year only where it is another than the present one', () => {
  expect(momentText(noon, new Date('2024-01-01T12:00:00'))).toBe('24 Nov, 12:05');
  expect(momentText(noon, new Date('2025-06-01T12:00:00'))).toBe('24 Nov 2024, 12:05');
});

it('is a dash where nothing happened yet', () => {
  expect(momentText(null)).toBe('–');
});
