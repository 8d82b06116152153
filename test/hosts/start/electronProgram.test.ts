import { expect, it } from 'vitest';
import { hindrance } from '../../../src-main/hosts/start/electronProgram.ts';

const person = 1000;

it.each([
  ['linux', {}, person, 'There is no display.'],
  ['linux', { DISPLAY: '' }, person, 'There is no display.'],
  ['linux', { DISPLAY: ':0' }, 0, "Electron's sandbox does not work for root."],
  ['linux', { DISPLAY: ':0' }, person, undefined],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, person, undefined],
  ['darwin', {}, 0, undefined],
  ['win32', {}, undefined, undefined],
] as const)('finds on %s with %o for user %s: %s', (platform, environment, user, expected) => {
  expect(hindrance(environment, platform, user)).toBe(expected);
});
