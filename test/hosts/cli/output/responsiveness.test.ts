import { expect, it } from 'vitest';
import { responsivenessText } from '../../../../src-main/hosts/cli/output/responsiveness.ts';

it('says since when a trainer does not respond and what can be done, and that it responds again', () => {
  const silent = responsivenessText({ type: 'unresponsive', since: '2020-06-15T12:00:00.000Z' });
  expect(silent).toMatch(/has not responded since .*2020.*Ctrl\+C.*last checkpoint/);
  expect(responsivenessText({ type: 'responsive', silentSeconds: 125 })).toContain('after 2 min 05 s');
});
