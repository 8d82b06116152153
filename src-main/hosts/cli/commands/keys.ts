import { textTable } from '../output/textTable.ts';
import type { AddCommand } from './AddCommand.ts';

export const addKeys: AddCommand = (program, session, keys) => {
  program
    .command('keys')
    .description('every key of a configuration, as key.path=value and in files')
    .action(() => {
      const list = keys.map(({ key, type, default: value, description }) => ({
        key,
        type,
        default: value,
        description,
      }));
      session.result(list, () =>
        textTable(
          ['Key', 'Takes', 'Default', 'Meaning'],
          list.map((key) => [key.key, key.type, JSON.stringify(key.default), key.description]),
        ),
      );
    });

  program
    .command('presets')
    .description('the presets of train and reproduce')
    .action(async () => {
      const presets = await session.client.presets();
      session.result(presets, () =>
        textTable(
          ['Preset', 'What'],
          presets.map(({ name, description }) => [name, description]),
        ),
      );
    });
};
