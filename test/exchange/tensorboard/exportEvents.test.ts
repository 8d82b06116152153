import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import { expect, it } from 'vitest';
import { scalar } from '../../../src-main/exchange/tensorboard/events.ts';
import { maskedCrc32c } from '../../../src-main/exchange/tensorboard/crc32c.ts';
import { exportEvents } from '../../../src-main/exchange/tensorboard/exportEvents.ts';
import { Transfer } from '../../../src-main/exchange/Transfer.ts';
import { metricLine, metricsHeader } from '../../../src-main/runs/folder/metricsFile.ts';
import { config, evaluation, openLog, point } from '../../runs/fixtures.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

/** The published messages (tensorflow/core/util/event.proto and what it names), read by a parser of another's. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Event { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }
  message Summary { repeated Value value = 1; }
  message Value { string tag = 1; float simple_value = 2; TensorProto tensor = 8; SummaryMetadata metadata = 9; }
  message TensorProto { int32 dtype = 1; Shape tensor_shape = 2; repeated float float_val = 5; repeated bytes string_val = 8; }
  message Shape { repeated Dim dim = 2; }
  message Dim { int64 size = 1; }
  message SummaryMetadata { PluginData plugin_data = 1; int32 data_class = 4; }
  message PluginData { string plugin_name = 1; bytes content = 2; }
  message HParams { int32 version = 1; SessionStart session_start_info = 3; SessionEnd session_end_info = 4; }
  message SessionStart { map<string, Any> hparams = 1; string group_name = 4; double start_time_secs = 5; }
  message SessionEnd { int32 status = 1; double end_time_secs = 2; }
  message Any { double number_value = 2; string string_value = 3; bool bool_value = 4; }
`);

interface ReadEvent {
  wallTime: number;
  step?: number;
  fileVersion?: string;
  summary?: {
    value: {
      tag: string;
      simpleValue?: number | string;
      tensor?: { stringVal?: string[] };
      metadata?: { pluginData: { pluginName: string; content?: string } };
    }[];
  };
}

/** The events of a file, each checksum compared. */
function readEvents(path: string): ReadEvent[] {
  const bytes = readFileSync(path);
  const events: ReadEvent[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(offset));
    expect(bytes.readUInt32LE(offset + 8)).toBe(maskedCrc32c(bytes.subarray(offset, offset + 8)));
    const data = bytes.subarray(offset + 12, offset + 12 + length);
    expect(bytes.readUInt32LE(offset + 12 + length)).toBe(maskedCrc32c(data));
    const type = root.lookupType('Event');
    events.push(type.toObject(type.decode(data), { longs: Number, bytes: String }) as ReadEvent);
    offset += length + 16;
  }
  return events;
}

type Value = NonNullable<ReadEvent['summary']>['value'][number];

const hparamsType = root.lookupType('HParams');
const textIn = (value: Value | undefined) =>
  Buffer.from(value?.tensor?.stringVal?.[0] ?? '', 'base64').toString();
const hparamsIn = (value: Value | undefined) =>
  hparamsType.toObject(hparamsType.decode(Buffer.from(value?.metadata?.pluginData.content ?? '', 'base64')));

/** A finished run with three metrics, one line that is still being written, an evaluation and notes. */
function exampleRun() {
  const log = openLog();
  const { id } = log.create({
    config: config('training.batch=64'),
    name: 'baseline',
    now: new Date(100_000),
  });
  const folder = log.folder(id);
  const points = [point(1, 2.25, 'train/loss'), point(2, NaN, 'train/loss'), point(2, 87.5, 'val/top1Error')];
  writeFileSync(folder.metrics, metricsHeader + points.map(metricLine).join(''));
  appendFileSync(folder.metrics, '3,0.3,1.');
  log.addEvaluation(id, evaluation());
  log.annotate(id, { notes: 'first *try*' });
  log.setStatus(id, 'finished');
  return { run: log.runs.get(id), folder, evaluations: log.evaluations.of(id) };
}

it('encodes a scalar as TensorBoard does', () => {
  // Event(wall_time=1767323045.5, step=300) with the value 2.25 of train/loss, serialised by TensorBoard 2.21.
  expect(scalar('train/loss', 300, 1767323045.5, 2.25).toString('hex')).toBe(
    '0900006069cd55da4110ac022a130a110a0a747261696e2f6c6f73731500001040',
  );
});

it('writes every point of a run, its evaluations, settings and hyperparameters', async () => {
  const exported = exampleRun();
  const { id } = exported.run;
  const directory = temporaryFolder();
  const path = await exportEvents(directory, exported, new Transfer());
  expect(path.startsWith(`${directory}/${id}/events.out.tfevents.100.`)).toBe(true);
  const events = readEvents(path);
  expect(events[0]).toMatchObject({ wallTime: 100, fileVersion: 'brain.Event:2' });
  const values = events.flatMap(({ step = 0, wallTime, summary }) =>
    (summary?.value ?? []).map((value) => ({ step, wallTime, ...value })),
  );
  expect(values.filter(({ metadata }) => !metadata)).toEqual([
    { step: 1, wallTime: 100.5, tag: 'train/loss', simpleValue: 2.25 },
    { step: 2, wallTime: 101, tag: 'train/loss', simpleValue: NaN },
    { step: 2, wallTime: 101, tag: 'val/top1Error', simpleValue: 87.5 },
    ...(['top1Error', 'top5Error'] as const).map((quantity) => ({
      step: 30,
      wallTime: Date.parse('2026-01-02T03:04:05Z') / 1000,
      tag: `evaluation/${quantity}, dense, Q=64,96,128, before-softmax, flip, best`,
      simpleValue: quantity === 'top1Error' ? 12.25 : 1.5,
    })),
  ]);

  const ofPlugins = values.filter(({ metadata }) => metadata);
  const named = (tag: string) => ofPlugins.find((value) => value.tag === tag);
  expect(ofPlugins.map(({ tag, metadata }) => `${tag}: ${metadata?.pluginData.pluginName ?? ''}`)).toEqual([
    '_hparams_/session_start_info: hparams',
    'settings: text',
    'notes: text',
    '_hparams_/session_end_info: hparams',
  ]);
  expect(textIn(named('settings'))).toContain('\n      batch: 64\n');
  expect(textIn(named('notes'))).toBe('first *try*');
  expect(hparamsIn(named('_hparams_/session_start_info'))).toMatchObject({
    sessionStartInfo: {
      groupName: 'baseline',
      startTimeSecs: 100,
      hparams: {
        'training.batch': { numberValue: 64 },
        'network.config': { stringValue: 'D' },
        'data.horizontalFlip': { boolValue: true },
        'evaluation.testScales': { stringValue: '[64]' },
      },
    },
  });
  expect(hparamsIn(named('_hparams_/session_end_info'))).toEqual({
    sessionEndInfo: { status: 1, endTimeSecs: 101 },
  });
});
