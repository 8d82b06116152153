import type { WorkbenchClient } from '../../../workbench/api.ts';
import type { AscentImage, EffectiveField, ExcitingImage } from '../../../workbench/contract.ts';
import { ensureEngine } from '../ensureEngine.ts';
import { textTable } from '../output/textTable.ts';
import type { Session } from '../Session.ts';
import { answerOf, imageOf, labelOf, subjectsOf, type Subject } from './subjects.ts';
import { writeClassMap, writePicture, writeRows } from './write.ts';

interface OnRuns {
  checkpoint: string;
  out: string;
}
interface OnImage extends OnRuns {
  image: string;
  class?: string;
}
interface OnUnits extends OnRuns {
  layer: string;
  units: number[];
}

type AscentInput = Parameters<WorkbenchClient['insight']['ascent']>[0];
/** An answer whose picture is replaced by the path of its file. */
type Kept<Answer, Picture extends keyof Answer> = Omit<Answer, Picture> & { file: string };

export async function lookForGradCam(
  session: Session,
  runs: string[],
  options: OnImage & { layer?: string },
) {
  const { image, class: requested, out, checkpoint } = options;
  await forEachSubject(session, runs, checkpoint, async (subject) => {
    const label = await labelOf(session, requested, subject);
    const { run, checkpoint } = subject;
    const input = { run, checkpoint, image: imageOf(image, subject), layer: options.layer, label };
    const map = await session.client.insight.gradCam(input);
    const { layer } = map;
    writeClassMap(session, subject, map, { what: `grad-cam-${layer}`, folder: out, about: { layer } });
  });
}

export async function lookForOcclusion(
  session: Session,
  runs: string[],
  options: OnImage & { side?: number; stride?: number; score: 'posterior' | 'logit' },
) {
  const { image, class: requested, out, checkpoint, ...settings } = options;
  await forEachSubject(session, runs, checkpoint, async (subject) => {
    const label = await labelOf(session, requested, subject);
    const { run, checkpoint } = subject;
    const input = { run, checkpoint, image: imageOf(image, subject), label, ...settings };
    const map = await answerOf(session, 'Squares', await session.client.insight.occlusion(input));
    const { side, stride } = map;
    const about = { side, stride, score: settings.score };
    writeClassMap(session, subject, map, { what: 'occlusion', folder: out, about });
  });
}

export async function lookForAscent(
  session: Session,
  runs: string[],
  { out, checkpoint, ...settings }: OnRuns & Omit<AscentInput, 'run' | 'checkpoint'>,
) {
  await forEachSubject(session, runs, checkpoint, async ({ run, checkpoint }) => {
    const stream = await session.client.insight.ascent({ run, checkpoint, ...settings });
    const images: Kept<AscentImage, 'picture'>[] = [];
    for (const { picture, ...image } of await answerOf(session, 'Steps of images', stream)) {
      const name = `${run}-${checkpoint}-${settings.layer}-unit${image.unit}`;
      images.push({ ...image, file: writePicture(out, `${name}.png`, picture) });
    }
    session.result({ run, checkpoint, layer: settings.layer, images }, () =>
      [
        `Run ${run}, ${checkpoint}: units of ${settings.layer}, before the ReLU`,
        textTable(
          ['Unit>', 'Start>', 'End>', 'File'],
          images.map(({ unit, start, end, file }) => [String(unit), figure(start), figure(end), file]),
        ),
      ].join('\n'),
    );
  });
}

export async function lookForField(
  session: Session,
  runs: string[],
  { out, checkpoint, layers, images }: OnRuns & { layers: string[]; images?: number },
) {
  await forEachSubject(session, runs, checkpoint, async ({ run, checkpoint }) => {
    const fields: (Kept<EffectiveField, 'picture'> & { layer: string })[] = [];
    for (const layer of layers) {
      const stream = await session.client.insight.effectiveField({ run, checkpoint, layer, images });
      const { picture, ...field } = await answerOf(session, 'Images', stream);
      const file = writePicture(out, `${run}-${checkpoint}-${layer}-field.png`, picture);
      fields.push({ layer, ...field, file });
    }
    session.result({ run, checkpoint, fields }, () =>
      [
        `Run ${run}, ${checkpoint}: receptive fields in pixels, ${fields[0]?.images ?? 0} images`,
        textTable(
          ['Layer', 'Computed>', 'Effective>', 'File'],
          fields.map(({ layer, computed, side, file }) => [
            layer,
            String(computed.side),
            side.toFixed(1),
            file,
          ]),
        ),
      ].join('\n'),
    );
  });
}

export async function lookForTopImages(
  session: Session,
  runs: string[],
  options: OnUnits & { count?: number; images?: number },
) {
  const { out, checkpoint, layer, units, count, images } = options;
  await forEachSubject(session, runs, checkpoint, async ({ run, checkpoint }) => {
    for (const unit of units) {
      const input = { run, checkpoint, layer, unit, count, images };
      const answer = await answerOf(session, 'Images', await session.client.insight.topImages(input));
      const name = `${run}-${checkpoint}-${layer}-unit${unit}`;
      const found: Kept<ExcitingImage, 'patch'>[] = [];
      for (const [place, { patch, ...image }] of answer.found.entries()) {
        found.push({ ...image, file: writePicture(out, `${name}-top${place + 1}.png`, patch) });
      }
      const rows = found.map(({ region: { left, top, width, height }, ...each }) => [
        each.name,
        each.class,
        each.value,
        each.row,
        each.column,
        left,
        top,
        width,
        height,
        each.file,
      ]);
      const heads = 'image class value row column left top width height file'.split(' ');
      writeRows(out, `${name}-top.csv`, [heads, ...rows]);
      session.result({ run, checkpoint, layer, unit, images: answer.images, found }, () =>
        [
          `Run ${run}, ${checkpoint}: unit ${unit} of ${layer}, ${answer.images} images`,
          textTable(
            ['Image', 'Class', 'Value>', 'Row>', 'Column>', 'File'],
            found.map((each) => [
              each.name,
              each.class,
              figure(each.value),
              String(each.row),
              String(each.column),
              each.file,
            ]),
          ),
        ].join('\n'),
      );
    }
  });
}

async function forEachSubject(
  session: Session,
  runs: string[],
  checkpoints: string,
  look: (subject: Subject) => Promise<void>,
): Promise<void> {
  const subjects = await subjectsOf(session, runs, checkpoints);
  await ensureEngine(session);
  for (const subject of subjects) await look(subject);
}

function figure(value: number): string {
  return value.toPrecision(4);
}
