import type { Command } from 'commander';
import type { WorkbenchClient } from '../../../workbench/api.ts';
import type { Session } from '../Session.ts';

/** Adds a command, or a group of them, to the program. `keys` are those of a configuration, for the help. */
export type AddCommand = (
  program: Command,
  session: Session,
  keys: Awaited<ReturnType<WorkbenchClient['keys']>>,
) => void;
