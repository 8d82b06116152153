import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { dataHome } from '../../../src-main/foundation/home.ts';
import { startCommand } from '../../../src-main/hosts/browser/startCommand.ts';

it('says what starts the workbench again at the same address and on the same folder, and nothing that is usual', () => {
  const usual = resolve(dataHome());
  expect(startCommand(usual, 8486)).toBe('npm start -- --browser');
  expect(startCommand(usual, 9000)).toBe('npm start -- --browser --port 9000');
  expect(startCommand('/data/vgg', 8486)).toBe('npm start -- --browser --home /data/vgg');
  expect(startCommand('/data/my runs', 1)).toBe("npm start -- --browser --port 1 --home '/data/my runs'");
});
