import { readFileSync } from 'node:fs';
import { writeFileAtomically } from '../foundation/files.ts';
import { settingsSchema, type Settings } from './Host.ts';

const defaults: Settings = {
  theme: 'system',
  welcomed: false,
  runColumns: [],
  runColumnWidths: {},
  tableOptions: {},
  comparisonOptions: {},
  runViews: [],
};

/** The settings made in the window, as a JSON file. An unreadable file counts as missing. */
export class SettingsFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  read(): Settings {
    try {
      const written = settingsSchema.partial().parse(JSON.parse(readFileSync(this.#path, 'utf8')));
      return { ...defaults, ...withoutUndefined(written) };
    } catch {
      return defaults;
    }
  }

  change(changes: { [Key in keyof Settings]?: Settings[Key] | undefined }): Settings {
    const settings = { ...this.read(), ...withoutUndefined(changes) };
    writeFileAtomically(this.#path, (write) => {
      write(Buffer.from(`${JSON.stringify(settings, null, 2)}\n`));
    });
    return settings;
  }
}

function withoutUndefined(values: {
  [Key in keyof Settings]?: Settings[Key] | undefined;
}): Partial<Settings> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
