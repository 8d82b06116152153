import type { Argument, Command, Option } from 'commander';
import type { KeyDescription } from '../../src-main/configuration/keys.ts';

/** All commands of a program with their arguments and options, in Markdown. What every command takes stands once, first. */
export function commandReference(program: Command): string {
  const common = rows(program.options.map(optionRow));
  return [
    `Every command takes:\n\n${common}`,
    ...program.commands.map((command) => sections(command, [])),
  ].join('\n\n');
}

/** Every key of a configuration with what it takes, its default and its meaning, in Markdown. */
export function keyReference(keys: readonly KeyDescription[]): string {
  const body = keys.map(({ key, type, default: value, description }) =>
    row([`\`${key}\``, cell(type), `\`${cell(JSON.stringify(value))}\``, cell(description)]),
  );
  return [row(['key', 'takes', 'default', 'meaning']), row(['---', '---', '---', '---']), ...body].join('\n');
}

/** A command and those below it, such as `vgg runs` and `vgg runs list`. */
function sections(command: Command, above: readonly string[]): string {
  const words = [...above, command.name()];
  const call = ['vgg', ...words, ...command.registeredArguments.map(argumentText)].join(' ');
  const taken = [
    ...command.registeredArguments.filter(({ description }) => description !== '').map(argumentRow),
    ...command.options.map(optionRow),
  ];
  return [
    `${above.length === 0 ? '###' : '####'} ${words.join(' ')}`,
    `\`${call}\`: ${command.description()}.`,
    ...(taken.length === 0 ? [] : [rows(taken)]),
    ...command.commands.map((below) => sections(below, words)),
  ].join('\n\n');
}

function argumentText(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function argumentRow(argument: Argument): string[] {
  return [`\`${cell(argumentText(argument))}\``, cell(argument.description)];
}

/** Options that set a key are explained where the keys are. */
function optionRow({ flags, description, argChoices, defaultValue }: Option): string[] {
  const key = /\(([\w.]+), default .*\)$/.exec(description)?.[1];
  if (key !== undefined) return [`\`${cell(flags)}\``, `sets \`${key}\``];
  const choices = argChoices === undefined ? '' : ` (${argChoices.join(', ')})`;
  const usual = defaultValue === undefined ? '' : ` (default: ${String(defaultValue)})`;
  return [`\`${cell(flags)}\``, cell(`${description}${choices}${usual}`)];
}

function rows(cells: readonly string[][]): string {
  return [row(['argument or option', 'meaning']), row(['---', '---']), ...cells.map(row)].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A bar would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
