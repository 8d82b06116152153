import type { Api } from '../../api/Connection.svelte.ts';
import type { ExportFormat } from '../../../src-main/workbench/contract.ts';

export type ExportRequest = Parameters<Api['exchange']['export']>[0];
export type ExportKind = ExportRequest['as'];

/** What is chosen in the dialog. */
export interface Choice {
  kind: ExportKind;
  /** Fetched by the browser, instead of written to the machine of the workbench. */
  downloads: boolean;
  /** Where it is put, as typed. */
  folder: string;
  /** Of the weights. */
  format: ExportFormat;
  checkpoint: string;
}

/** What is exported: runs, or a study with all its runs. */
export interface Subject {
  /** Ids. */
  runs: readonly string[];
  study?: string | undefined;
}

const exportKinds = [
  { value: 'archive', title: 'Archive', text: 'All in one .zip file, which another workbench imports.' },
  {
    value: 'folders',
    title: 'Folder',
    text: 'Settings, metrics, results and weights as plain files; can be imported too.',
  },
  {
    value: 'tensorboard',
    title: 'TensorBoard',
    text: 'Event files of curves, results and settings, in a log directory.',
  },
  {
    value: 'weights',
    title: 'Weights',
    text: 'The net of a checkpoint, for PyTorch, ONNX Runtime or TensorFlow.js.',
  },
] as const satisfies readonly { value: ExportKind; title: string; text: string }[];

export const exportFormats = [
  { format: 'safetensors', title: 'safetensors, for PyTorch', ending: '.safetensors' },
  { format: 'onnx', title: 'ONNX', ending: '.onnx' },
  { format: 'tfjs', title: 'TensorFlow.js layers model', ending: '-tfjs' },
] as const satisfies readonly { format: ExportFormat; title: string; ending: string }[];

/** The kinds that a subject can be exported as: a study only as an archive, the weights of one run alone. */
export function kindsFor({ runs, study }: Subject): readonly (typeof exportKinds)[number][] {
  return exportKinds.filter(({ value }) =>
    study === undefined ? value !== 'weights' || runs.length === 1 : value === 'archive',
  );
}

/** What to ask of the workbench. @param now names an archive of several runs */
export function exportRequest(subject: Subject, choice: Choice, now: Date): ExportRequest {
  const request = requestTo(subject, choice, now);
  return choice.downloads ? { ...request, target: null } : request;
}

function requestTo({ runs, study }: Subject, choice: Choice, now: Date): ExportRequest {
  const { kind, folder, format, checkpoint } = choice;
  const [run = ''] = runs;
  switch (kind) {
    case 'folders':
    case 'tensorboard':
      return { as: kind, runs: [...runs], target: folder.trim() };
    case 'archive': {
      const name = study ?? (runs.length === 1 ? run : `${timeIn(now)}-${runs.length}-runs`);
      const studies = study === undefined ? [] : [study];
      return { as: kind, runs: [...runs], studies, target: exportTarget(folder, `${name}.zip`) };
    }
    case 'weights': {
      const ending = exportFormats.find((known) => known.format === format)?.ending ?? '';
      const target = exportTarget(folder, `${run}-${checkpoint}${ending}`);
      return { as: kind, run, checkpoint, format, target };
    }
  }
}

/** As ids begin: `20261124-031500`, in UTC. */
function timeIn(now: Date): string {
  return now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}

/** Where something goes in a folder, of whichever system the path is. */
export function exportTarget(folder: string, name: string): string {
  const trimmed = folder.trim();
  const separator = trimmed.includes('\\') && !trimmed.includes('/') ? '\\' : '/';
  return `${trimmed.replace(/[/\\]+$/, '')}${separator}${name}`;
}
