import { join, resolve } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { writeFileAtomically } from '../../../foundation/files.ts';
import { plainCell } from '../../../vocabulary/csvText.ts';
import type { ClassMap, Picture } from '../../../workbench/contract.ts';
import type { Session } from '../Session.ts';
import type { Subject } from './subjects.ts';

/** Writes a picture and returns its path. @throws WorkbenchError `disk-full`, `write-failed` */
export function writePicture(folder: string, name: string, picture: Picture): string {
  const path = join(resolve(folder), name);
  writeFileAtomically(path, Buffer.from(picture.slice(picture.indexOf(',') + 1), 'base64'));
  return path;
}

/** Writes a table as CSV and returns its path. */
export function writeRows(
  folder: string,
  name: string,
  rows: readonly (readonly (string | number)[])[],
): string {
  const path = join(resolve(folder), name);
  writeFileAtomically(path, stringify([...rows], { cast: { string: plainCell } }));
  return path;
}

/** Writes a map over its input, the map alone, and its values; prints the paths and the scores of the class. */
export function writeClassMap(
  session: Session,
  { run, checkpoint }: Subject,
  map: ClassMap,
  { what, folder, about }: { what: string; folder: string; about: Record<string, string | number> },
): void {
  const name = `${run}-${checkpoint}-${what}-class${map.label}`;
  const rows = Array.from({ length: map.height }, (_, row) =>
    map.values.slice(row * map.width, (row + 1) * map.width),
  );
  const files = {
    overlay: writePicture(folder, `${name}.png`, map.overlay),
    map: writePicture(folder, `${name}-map.png`, map.heat),
    values: writeRows(folder, `${name}.csv`, rows),
  };
  const { label, name: ofClass, logit, posterior, height, width, least, greatest } = map;
  const facts = { label, class: ofClass, logit, posterior, height, width, least, greatest, ...about };
  session.result({ run, checkpoint, ...facts, files }, () =>
    [
      `Run ${run}, ${checkpoint}: ${what} of ${ofClass}, logit ${logit.toFixed(3)}, posterior ${posterior.toFixed(4)}`,
      `  map of ${height} × ${width}, over the input from ${least.toPrecision(4)} to ${greatest.toPrecision(4)}`,
      `  ${Object.values(files).join('\n  ')}`,
    ].join('\n'),
  );
}
