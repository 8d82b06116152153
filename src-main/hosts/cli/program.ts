import { Command } from 'commander';
import type { WorkbenchClient } from '../../workbench/api.ts';
import type { AddCommand } from './commands/AddCommand.ts';
import { addBench } from './commands/bench.ts';
import { addClaims } from './commands/claims.ts';
import { addCluster } from './commands/cluster.ts';
import { addData } from './commands/data.ts';
import { addDescribe } from './commands/describe.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addFuse } from './commands/fuse.ts';
import { addKeys } from './commands/keys.ts';
import { addLook } from './commands/look.ts';
import { addMemory } from './commands/memory.ts';
import { addPlan } from './commands/plan.ts';
import { addReport } from './commands/report.ts';
import { addReproduce } from './commands/reproduce.ts';
import { addRuns } from './commands/runs.ts';
import { addSetup } from './commands/setup.ts';
import { addStudy } from './commands/study.ts';
import { addTable } from './commands/table.ts';
import { addTrain } from './commands/train.ts';
import { addWeights } from './commands/weights.ts';
import type { Session } from './Session.ts';

const commands: readonly AddCommand[] = [
  addReproduce,
  addStudy,
  addPlan,
  addCluster,
  addTrain,
  addEvaluate,
  addTable,
  addClaims,
  addReport,
  addFuse,
  addRuns,
  addDescribe,
  addWeights,
  addLook,
  addData,
  addDoctor,
  addBench,
  addMemory,
  addSetup,
  addKeys,
];

/** All commands. Usage errors are thrown, not printed: see `main`. */
export function buildProgram(session: Session, keys: Awaited<ReturnType<WorkbenchClient['keys']>>): Command {
  const program = new Command('vgg')
    .description("A workbench that reproduces the VGGNet paper's tables.")
    // Read before the program is built; declared here for the help, and so that every command accepts them.
    .option('--home <DIR>', "the data folder (default: $VGG_HOME, else the platform's)")
    .option('--json', 'results as JSON on stdout')
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => undefined })
    .exitOverride();
  for (const add of commands) add(program, session, keys);
  return program;
}
