import { thumbnailOf } from '../../data/oneImage.ts';
import { implementer } from '../implementer.ts';
import { checkpointView, evenlyOver, sendable } from '../images/insightInput.ts';
import { classNamesOf, labelOf } from '../images/classNames.ts';
import { lookInsideHandlers } from './lookInside.ts';
import { predictionHandlers } from './predictions.ts';

const { insight } = implementer;

const png = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes], { type: 'image/png' });
const raw = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes], { type: 'application/octet-stream' });

export const insightHandlers = insight.router({
  images: insight.images.handler(async ({ input, context }) => {
    const { classes, ...splits } = await context.images.dataset(input.dataset, input);
    const label = input.class === undefined ? undefined : classes.indexOf(input.class);
    const samples = splits[input.split].filter((sample) => label === undefined || sample.label === label);
    return {
      total: samples.length,
      classes,
      images: samples
        .slice(input.offset, input.offset + input.limit)
        .map((sample) => ({ name: sample.name, class: classes[sample.label] ?? '', label: sample.label })),
    };
  }),

  classes: insight.classes.handler(({ input, context }) =>
    classNamesOf(context, context.log.runs.get(input.run)),
  ),

  thumbnail: insight.thumbnail.handler(async ({ input, context }) =>
    png(await thumbnailOf(await context.images.sourceOf(input.image), input.side)),
  ),

  upload: insight.upload.handler(async ({ input, context }) => ({
    id: await context.images.takeIn(input.file),
  })),

  activity: insight.activity.handler(async ({ input, context, signal }) => {
    const { run, view } = checkpointView(context, input);
    const image = sendable(await context.images.sourceOf(input.image));
    const answer = await context.insight.ask({ about: 'activity', ...view, image }, signal);
    const classes = await classNamesOf(context, run);
    return {
      input: png(answer.input),
      width: answer.side,
      height: answer.side,
      layers: answer.layers,
      topClasses: answer.top.map(({ label, posterior }) => ({
        label,
        name: classes[label] ?? `class ${label}`,
        posterior,
      })),
      label: await labelOf(context, input.image, run, classes),
    };
  }),

  maps: insight.maps.handler(async ({ input, context, signal }) => {
    const { view } = checkpointView(context, input);
    const image = sendable(await context.images.sourceOf(input.image));
    const { layer } = input;
    const { shape, values, maps } = await context.insight.ask(
      { about: 'maps', ...view, image, layer },
      signal,
    );
    return { name: layer, shape, values: raw(values), maps };
  }),

  unit: insight.unit.handler(async ({ input, context, signal }) => {
    const { view } = checkpointView(context, input);
    const image = sendable(await context.images.sourceOf(input.image));
    const { layer, unit, row, column } = input;
    const answer = await context.insight.ask(
      { about: 'unit', ...view, image, layer, unit, row, column },
      signal,
    );
    return answer.arithmetic;
  }),

  filters: insight.filters.handler(async ({ input, context, signal }) => {
    const { checkpoint } = checkpointView(context, input).view;
    const { layer } = input;
    const { shape, values, shownInputs, filters } = await context.insight.ask(
      { about: 'filters', checkpoint, layer },
      signal,
    );
    return { name: layer, shape, values: raw(values), shownInputs, filters };
  }),

  deadUnits: insight.deadUnits.handler(async ({ input, context, signal }) => {
    const { run, view } = checkpointView(context, input);
    const { val } = await context.images.dataset(run.config.data.dataset, run.config.data);
    const images = evenlyOver(val, input.images).map(({ source }) => sendable(source));
    const { about: _about, ...found } = await context.insight.ask(
      { about: 'deadUnits', ...view, images },
      signal,
    );
    return found;
  }),

  ...lookInsideHandlers,
  ...predictionHandlers,
});
