import { expect, it } from 'vitest';
import { hindrance } from '../../../src-main/hosts/start/build.ts';

it('the window is not built where its builder would take a part of the path for something else', () => {
  expect(hindrance('/home/a/#projects/vgg')).toBe('#');
  expect(hindrance('/home/a/what?/vgg')).toBe('?');
  for (const path of ['/home/a/vgg', '/home/ä ö/100 %/[vgg] (1)', 'C:\\vgg'])
    expect(hindrance(path)).toBeUndefined();
});
