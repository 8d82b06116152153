import { Option, type Command } from 'commander';
import type { WorkbenchClient } from '../../workbench/api.ts';

/** An option of the command line that sets one key of a configuration. */
interface Flag {
  flag: string;
  /** Name of its value in the help; without one the option sets `true`. */
  value?: string;
  key: string;
}

const flags = [
  { flag: 'config', value: 'NET', key: 'network.config' },
  { flag: 'width', value: 'FACTOR', key: 'network.width' },
  { flag: 'crop', value: 'PIXELS', key: 'network.crop' },
  { flag: 'classes', value: 'COUNT', key: 'network.classes' },
  { flag: 'dropout', value: 'SHARE', key: 'network.dropout' },
  { flag: 'data', value: 'DIR', key: 'data.dataset' },
  { flag: 'class-list', value: 'FILE', key: 'data.classList' },
  { flag: 'validation-share', value: 'SHARE', key: 'data.validationShare' },
  { flag: 'split-seed', value: 'NUMBER', key: 'data.splitSeed' },
  { flag: 'train-scale', value: 'S', key: 'data.trainScale' },
  { flag: 'mean', value: 'R,G,B', key: 'data.mean' },
  { flag: 'deviation', value: 'R,G,B', key: 'data.deviation' },
  { flag: 'channels', value: 'ORDER', key: 'data.channels' },
  { flag: 'skip-broken', key: 'data.skipBroken' },
  { flag: 'workers', value: 'COUNT', key: 'data.workers' },
  { flag: 'scheme', value: 'NAME', key: 'initialisation.scheme' },
  { flag: 'from', value: 'RUN|FILE', key: 'initialisation.from' },
  { flag: 'copied-layers', value: 'WHICH', key: 'initialisation.layers' },
  { flag: 'trainable', value: 'WHICH', key: 'training.trainable' },
  { flag: 'batch', value: 'IMAGES', key: 'training.batch' },
  { flag: 'micro-batch', value: 'IMAGES', key: 'training.microBatch' },
  { flag: 'processes', value: 'COUNT', key: 'training.processes' },
  { flag: 'epochs', value: 'COUNT', key: 'training.epochs' },
  { flag: 'learning-rate', value: 'RATE', key: 'training.learningRate' },
  { flag: 'schedule', value: 'NAME', key: 'training.schedule' },
  { flag: 'warm-up', value: 'EPOCHS', key: 'training.warmUpEpochs' },
  { flag: 'clip-norm', value: 'NORM', key: 'training.clipNorm' },
  { flag: 'momentum', value: 'SHARE', key: 'training.momentum' },
  { flag: 'weight-decay', value: 'FACTOR', key: 'training.weightDecay' },
  { flag: 'early-stopping', value: 'COUNT', key: 'training.earlyStopping' },
  { flag: 'seed', value: 'NUMBER', key: 'training.seed' },
  { flag: 'test-scale', value: 'Q,…', key: 'evaluation.testScales' },
  { flag: 'protocol', value: 'NAME', key: 'evaluation.protocol' },
  { flag: 'checkpoint', value: 'KIND', key: 'evaluation.checkpoint' },
] as const satisfies readonly Flag[];

export type FlagName = (typeof flags)[number]['flag'];
type Keys = Awaited<ReturnType<WorkbenchClient['keys']>>;

/** Adds flags to a command, each with its key's description and default, and any number of `key.path=value`. */
export function addSettings(command: Command, keys: Keys, requested?: readonly FlagName[]): Command {
  for (const { flag, key, ...rest } of flags.filter((known) => requested?.includes(known.flag) ?? true)) {
    const described = keys.find((candidate) => candidate.key === key);
    const text = `${described?.description ?? ''} (${key}, default ${JSON.stringify(described?.default ?? null)})`;
    command.addOption(new Option('value' in rest ? `--${flag} <${rest.value}>` : `--${flag}`, text));
  }
  return command;
}

/** Adds the options for the preset and the file that these settings override. */
export function addSources(command: Command): Command {
  return command
    .option('--preset <NAME|FILE>', 'settings to start from (see vgg presets), or a preset file')
    .option('--file <YAML>', 'a configuration file over the preset');
}

/** The given flags as `key.path=value`, followed by the settings written in that form. */
export function overridesOf(command: Command, written: readonly string[]): string[] {
  const given = command.opts<Record<string, string | boolean>>();
  const fromFlags = flags.flatMap(({ flag, key }) => {
    const value = given[camelCase(flag)];
    if (value === undefined) return [];
    // Quoted, so that YAML reads a path unchanged, whatever it contains.
    const isPath = flag === 'data' || flag === 'class-list' || flag === 'from';
    return [`${key}=${isPath ? JSON.stringify(value) : String(value)}`];
  });
  return [...fromFlags, ...written];
}

/** The values of the options of {@link addSources} and {@link addSettings}, for the API. */
export function sourcesOf(command: Command, written: readonly string[]) {
  const { preset, file } = command.opts<{ preset?: string; file?: string }>();
  return { preset, file, overrides: overridesOf(command, written) };
}

function camelCase(flag: string): string {
  return flag.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
