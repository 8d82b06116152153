import type { Command } from 'commander';
import { refuseSettingsOfKnown, takesStudyOptions, trainStudy, type StudyOptions } from '../trainStudy.ts';
import { writeTables } from '../writeTables.ts';
import type { AddCommand } from './AddCommand.ts';

export const addReproduce: AddCommand = (program, session) => {
  const reproduce = program
    .command('reproduce')
    .description("train every net of the paper's Tables 3 and 4 and write both tables")
    .argument('[settings...]', 'any key of the configuration as key.path=value, over the preset');
  takesStudyOptions(reproduce).action(
    async (overrides: string[], options: StudyOptions, command: Command) => {
      refuseSettingsOfKnown(command, options, overrides);
      await trainStudy(
        session,
        { ...options, overrides },
        { write: (study, folder) => writeTables(session, study, folder), command: 'reproduce' },
      );
    },
  );
};
