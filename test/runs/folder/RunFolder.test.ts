import { truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { codeOf, config, openLog } from '../fixtures.ts';

/** Files that grew to a hundred megabytes, of zeros that take no space. */
it.each(['config.yaml', 'status.json'])('a %s that no run has is refused unread', (name) => {
  const log = openLog();
  const folder = log.folder(log.create({ config: config() }).id);
  truncateSync(join(folder.path, name), 100_000_000);
  const read = () => (name === 'config.yaml' ? folder.readConfig() : folder.readRecord());
  expect(codeOf(read)).toBe('run-folder-incomplete');
});
