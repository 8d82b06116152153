import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SettingsFile } from '../../src-main/workbench/SettingsFile.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

it('keeps how tables are written, and reads a file that does not tell it yet', () => {
  const path = join(temporaryFolder(), 'settings.json');
  writeFileSync(path, JSON.stringify({ theme: 'dark' }));
  expect(new SettingsFile(path).read()).toMatchObject({ theme: 'dark', tableOptions: {} });
  new SettingsFile(path).change({ tableOptions: { decimals: 1, bold: true, columns: undefined } });
  expect(new SettingsFile(path).read()).toMatchObject({
    theme: 'dark',
    tableOptions: { decimals: 1, bold: true },
    comparisonOptions: {},
  });
  const comparisonOptions = { initialisation: { columns: ['seeds' as const], decimals: 1 } };
  new SettingsFile(path).change({ comparisonOptions });
  expect(new SettingsFile(path).read()).toMatchObject({ comparisonOptions, tableOptions: { decimals: 1 } });
});
