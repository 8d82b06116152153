import {
  doubleField,
  encode,
  floatField,
  messageField,
  textField,
  wholeField,
  type Message,
} from '../protobuf.ts';

/*
 * TensorBoard's event messages, with the field numbers of event.proto, summary.proto, tensor.proto (tensorflow/core) and
 * of the plugins' own (tensorboard/plugins/{text,hparams}).
 */

const dataClass = { tensor: 2 } as const;
const dataType = { float: 1, string: 7 } as const;
const hparamsStatus = { success: 1, failure: 2, running: 3 } as const;

/** A hyperparameter, as google.protobuf.Value holds it. */
export type HparamValue = string | number | boolean;

/** The first record of an event file. */
export function fileVersion(wallTime: number): Buffer {
  return encode([...doubleField(1, wallTime), ...textField(3, 'brain.Event:2')]);
}

/** A number at a step. @param wallTime seconds since 1970 */
export function scalar(tag: string, step: number, wallTime: number, value: number): Buffer {
  return event(step, wallTime, [...textField(1, tag), ...floatField(2, value)]);
}

/** A text in Markdown, for the text tab. */
export function text(tag: string, wallTime: number, markdown: string): Buffer {
  return event(0, wallTime, [
    ...textField(1, tag),
    ...messageField(8, [
      ...wholeField(1, dataType.string),
      ...messageField(2, dimension(1)),
      ...textField(8, markdown),
    ]),
    ...metadata('text', []),
  ]);
}

/** The start of a run, with the hyperparameters that distinguish it from others. */
export function sessionStart(
  wallTime: number,
  group: string,
  hparams: Readonly<Record<string, HparamValue>>,
): Buffer {
  const entries = Object.entries(hparams).flatMap(([name, value]) =>
    messageField(1, [...textField(1, name), ...messageField(2, structValue(value))]),
  );
  const start = [...entries, ...textField(4, group), ...doubleField(5, wallTime)];
  return hparamsEvent('_hparams_/session_start_info', wallTime, messageField(3, start));
}

/** The end of a run, with its status. */
export function sessionEnd(wallTime: number, status: keyof typeof hparamsStatus): Buffer {
  const end = [...wholeField(1, hparamsStatus[status]), ...doubleField(2, wallTime)];
  return hparamsEvent('_hparams_/session_end_info', wallTime, messageField(4, end));
}

function hparamsEvent(tag: string, wallTime: number, data: Message): Buffer {
  return event(0, wallTime, [
    ...textField(1, tag),
    // The plugin requires a tensor, but reads only the metadata.
    ...messageField(8, [
      ...wholeField(1, dataType.float),
      ...messageField(2, dimension(1)),
      ...floatField(5, 0),
    ]),
    ...metadata('hparams', data),
  ]);
}

function event(step: number, wallTime: number, value: Message): Buffer {
  return encode([
    ...doubleField(1, wallTime),
    ...wholeField(2, step),
    ...messageField(5, messageField(1, value)),
  ]);
}

function metadata(plugin: string, content: Message): Message {
  return messageField(9, [
    ...messageField(1, [...textField(1, plugin), ...messageField(2, content)]),
    ...wholeField(4, dataClass.tensor),
  ]);
}

function dimension(size: number): Message {
  return messageField(2, wholeField(1, size));
}

function structValue(value: HparamValue): Message {
  if (typeof value === 'number') return doubleField(2, value);
  return typeof value === 'string' ? textField(3, value) : wholeField(4, value ? 1 : 0);
}
