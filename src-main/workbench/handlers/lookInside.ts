import type { AnswerTo, Question, Report } from '../../trainer/protocol.ts';
import { stampOf } from '../../data/fingerprint.ts';
import type { Run } from '../../runs/records.ts';
import { classNamesOf, labelOf } from '../images/classNames.ts';
import type {
  Answering,
  AscentImage,
  ClassMap,
  EffectiveField,
  ExcitingImage,
  Occlusion,
  Picture,
  ScoredWindows,
} from '../contract.ts';
import { comparedProtocols } from '../../vocabulary/protocols.ts';
import { implementer } from '../implementer.ts';
import { checkpointView, evenlyOver, sendable } from '../images/insightInput.ts';
import { streamOf } from '../streamOf.ts';
import type { Workbench } from '../Workbench.ts';

const { insight } = implementer;

type Drawn = AnswerTo<Extract<Question, { about: 'gradCam' | 'occlusion' }>>;

/** Looking inside a net: which parts of an image support a class, and what its units respond to. */
export const lookInsideHandlers = {
  gradCam: insight.gradCam.handler(async ({ input, context, signal }) => {
    const { run, view } = checkpointView(context, input);
    const image = sendable(await context.images.sourceOf(input.image));
    const { layer = null, label = null } = input;
    const answer = await context.insight.ask({ about: 'gradCam', ...view, image, layer, label }, signal);
    return { layer: answer.layer, ...(await classMap(context, run, answer)) };
  }),

  occlusion: insight.occlusion.handler(({ input, context, signal }) =>
    answering<Occlusion>(async (report) => {
      const { run, view } = checkpointView(context, input);
      const image = sendable(await context.images.sourceOf(input.image));
      const { label = null, side = null, stride = null, score } = input;
      const answer = await context.insight.ask(
        { about: 'occlusion', ...view, image, label, side, stride, score },
        signal,
        report,
      );
      const map = await classMap(context, run, answer);
      return { side: answer.side, stride: answer.stride, ...map };
    }),
  ),

  scoredWindows: insight.scoredWindows.handler(({ input, context, signal }) =>
    answering<ScoredWindows>(async (report) => {
      const { run, view } = checkpointView(context, input);
      const { checkpoint, deviation } = view;
      const { protocol, testScales: usual, average, horizontalFlip } = run.config.evaluation;
      const { testScales = usual } = input;
      const names = await classNamesOf(context, run);
      const label = await labelOf(context, input.image, run, names);
      const image = sendable(await context.images.sourceOf(input.image));
      const {
        about: _about,
        labels,
        ...found
      } = await context.insight.ask(
        {
          about: 'scoredWindows',
          checkpoint,
          deviation,
          image,
          testScales,
          average,
          horizontalFlip,
          label,
          protocols: [...new Set([...comparedProtocols, protocol])],
        },
        signal,
        report,
      );
      const classes = labels.map((each) => ({ label: each, name: names[each] ?? `class ${each}` }));
      return { ...found, average, horizontalFlip, classes, label };
    }),
  ),

  ascent: insight.ascent.handler(({ input, context, signal }) =>
    answering<AscentImage[]>(async (report) => {
      const { checkpoint, deviation } = checkpointView(context, input).view;
      const { run: _run, ...settings } = input;
      const { images } = await context.insight.ask(
        { about: 'ascent', ...settings, checkpoint, deviation },
        signal,
        report,
      );
      return images.map((image) => ({ ...image, picture: picture(image.picture) }));
    }),
  ),

  effectiveField: insight.effectiveField.handler(({ input, context, signal }) =>
    answering<EffectiveField>(async (report) => {
      const { run, view } = checkpointView(context, input);
      const { val } = await context.images.dataset(run.config.data.dataset, run.config.data);
      const images = evenlyOver(val, input.images).map(({ source }) => sendable(source));
      const { layer } = input;
      const { about: _about, ...field } = await context.insight.ask(
        { about: 'effectiveField', ...view, images, layer },
        signal,
        report,
      );
      return { ...field, picture: picture(field.picture) };
    }),
  ),

  topImages: insight.topImages.handler(({ input, context, signal }) =>
    answering<{ images: number; found: ExcitingImage[] }>(async (report) => {
      const { run, view } = checkpointView(context, input);
      const dataset = await context.images.dataset(run.config.data.dataset, run.config.data);
      const { val, classes } = dataset;
      const samples = evenlyOver(val, input.images);
      const { layer, unit, count } = input;
      const { images, found } = await context.insight.ask(
        {
          about: 'topImages',
          ...view,
          images: samples.map(({ source }) => sendable(source)),
          imagesKey: `${stampOf(dataset)}/${samples.length}`,
          layer,
          unit,
          count,
        },
        signal,
        report,
      );
      return {
        images,
        found: found.map(({ image, patch, ...rest }) => {
          const { name = '', label = -1 } = samples[image] ?? {};
          return { name, class: classes[label] ?? '', ...rest, patch: picture(patch) };
        }),
      };
    }),
  ),
};

/** Progress as it comes, then the answer. */
function answering<Answer>(work: (report: Report) => Promise<Answer>) {
  return streamOf<Answering<Answer>>(async (emit) => {
    const answer = await work((done, total) => {
      emit({ type: 'progress', done, total });
    });
    emit({ type: 'answer', answer });
  });
}

async function classMap(context: Workbench, run: Run, drawn: Drawn): Promise<ClassMap> {
  const { label, logit, posterior, height, width, least, greatest } = drawn;
  const names = await classNamesOf(context, run);
  return {
    label,
    name: names[label] ?? `class ${label}`,
    logit,
    posterior,
    height,
    width,
    values: Array.from(new Float32Array(drawn.values.slice().buffer)),
    least,
    greatest,
    input: picture(drawn.input),
    heat: picture(drawn.heat),
    overlay: picture(drawn.overlay),
  };
}

function picture(png: Uint8Array): Picture {
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}
