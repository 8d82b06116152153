import { describe, expect, it } from 'vitest';
import { settingsOfOverride } from '../../src-main/configuration/configSources.ts';
import { describeKeys, nearestKey } from '../../src-main/configuration/keys.ts';
import { resolveRunConfig } from '../../src-main/configuration/resolve.ts';
import type { ConfigSources } from '../../src-main/configuration/resolve.ts';
import { runConfigSchema } from '../../src-main/configuration/schema.ts';
import type { Settings } from '../../src-main/configuration/settings.ts';
import { writeRunConfig } from '../../src-main/configuration/write.ts';
import { readYaml } from '../../src-main/configuration/yamlText.ts';
import { WorkbenchError } from '../../src-main/foundation/errors.ts';

function refusal(sources: ConfigSources): WorkbenchError {
  try {
    resolveRunConfig(sources);
  } catch (error) {
    if (error instanceof WorkbenchError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

const file = (text: string) => ({ path: 'train.yaml', text });

describe('resolveRunConfig', () => {
  it('takes the defaults where nothing is set', () => {
    expect(resolveRunConfig({})).toEqual(runConfigSchema.parse({}));
    expect(resolveRunConfig({ file: file('') })).toEqual(runConfigSchema.parse({}));
    expect(resolveRunConfig({ file: file('training:\n') })).toEqual(runConfigSchema.parse({}));
  });

  it('lets the file win over the preset and an override over both, key by key', () => {
    const config = resolveRunConfig({
      preset: { training: { batch: 64, epochs: 3, plateau: { factor: 5 } }, network: { config: 'A' } },
      file: file('training:\n  batch: 32\n  plateau:\n    patience: 2\n'),
      overrides: ['training.batch=16', 'training.batch=8'],
    });
    expect(config.training).toMatchObject({
      batch: 8,
      epochs: 3,
      plateau: { factor: 5, patience: 2, drops: 3 },
    });
    expect(config.network.config).toBe('A');
  });

  it.each([
    ['data.trainScale=320', 'data', 'trainScale', 320],
    ['data.trainScale=256-512', 'data', 'trainScale', [256, 512]],
    ['data.trainScale=[256, 512]', 'data', 'trainScale', [256, 512]],
    ['evaluation.testScales=224,256,288', 'evaluation', 'testScales', [224, 256, 288]],
    ['evaluation.testScales=[224,256]', 'evaluation', 'testScales', [224, 256]],
    ['evaluation.testScales=384', 'evaluation', 'testScales', [384]],
    ['data.mean=123.68,116.779,103.939', 'data', 'mean', [123.68, 116.779, 103.939]],
    ['data.mean=training-set', 'data', 'mean', 'training-set'],
    ['data.dataset=2024', 'data', 'dataset', '2024'],
    ['data.dataset=null', 'data', 'dataset', 'null'],
    ['data.dataset=/photos/a=b', 'data', 'dataset', '/photos/a=b'],
    ['initialisation.from=null', 'initialisation', 'from', null],
    ['initialisation.from=007', 'initialisation', 'from', '007'],
    ['training.microBatch=null', 'training', 'microBatch', null],
    ['training.learningRate=1e-3', 'training', 'learningRate', 0.001],
    [
      'training.plateau={factor: 4}',
      'training',
      'plateau',
      { factor: 4, patience: 5, threshold: 0.1, drops: 3 },
    ],
    ['data.horizontalFlip=false', 'data', 'horizontalFlip', false],
  ] as const)('reads %s', (override, section, name, value) => {
    const config: Record<string, Record<string, unknown>> = resolveRunConfig({ overrides: [override] });
    expect(config[section]?.[name]).toEqual(value);
  });

  it.each(
    '0 7 007 64 1.50 0.000001 0.1 1e3 .5 5. -3 +4 -0 0x1f 1_000 123456789012345678901 0.12345678901234567'.split(
      ' ',
    ),
  )('reads %s as YAML has it, a number or none', (text) => {
    const { value } = readYaml('train.yaml', text);
    expect(settingsOfOverride(`training.learningRate=${text}`).map((setting) => setting.value)).toEqual([
      value,
    ]);
  });

  it('reads scales in a file as people write them', () => {
    const config = resolveRunConfig({
      file: file('data: { trainScale: 256-512 }\nevaluation:\n  testScales: 256\n'),
    });
    expect(config.data.trainScale).toEqual([256, 512]);
    expect(config.evaluation.testScales).toEqual([256]);
  });

  it('names an unknown key, its value, its place and the nearest key', () => {
    const error = refusal({ file: file('# a comment\ntraining:\n  batch: 32\n  learningRat: 0.5\n') });
    expect(error.code).toBe('unknown-key');
    expect(error.message).toContain('training.learningRat ');
    expect(error.message).toContain('0.5');
    expect(error.message).toContain('line 4 of train.yaml');
    expect(error.nextStep).toContain('training.learningRate?');

    expect(refusal({ overrides: ['trainScale=256'] }).nextStep).toContain('data.trainScale');
    expect(refusal({ overrides: ['training.Batch=1'] }).nextStep).toContain('training.batch');
    expect(refusal({ overrides: ['zzzzzzzzzz=1'] }).nextStep).toContain('list of keys');
    expect(refusal({ overrides: ['training.batch.size=1'] }).code).toBe('unknown-key');
    expect(refusal({ preset: { netwrk: {} } }).message).toContain('the preset');
    expect(refusal({ preset: JSON.parse('{"__proto__": {"polluted": 1}}') as Settings }).code).toBe(
      'unknown-key',
    );
    expect(refusal({ overrides: ['constructor.prototype=1'] }).code).toBe('unknown-key');
  });

  it.each([
    ['training.batch=many', 'training.batch', '"many"', 'whole number, at least 1'],
    ['training.batch=2.5', 'training.batch', '2.5', 'whole number'],
    ['training.batch=', 'training.batch', 'null', 'whole number'],
    ['network.config=F', 'network.config', '"F"', 'A | A-LRN | B'],
    ['network.crop=31', 'network.crop', '31', 'at least 32'],
    ['network.dropout=1', 'network.dropout', '1', 'below 1'],
    ['data.horizontalFlip=yes', 'data.horizontalFlip', '"yes"', 'true | false'],
    ['data.trainScale=512-256', 'data.trainScale', '[512,256]', 'whole number'],
    ['data.trainScale=big', 'data.trainScale', '"big"', 'whole number'],
    ['data.mean=[1, 2]', 'data.mean', '[1,2]', '3 numbers'],
    ['evaluation.testScales=256,x', 'evaluation.testScales', '"256,x"', 'list'],
    ['evaluation.testScales=[256, x]', 'evaluation.testScales', '[256,"x"]', 'list'],
    ['evaluation.testScales=[]', 'evaluation.testScales', '[]', 'list'],
    ['training.learningRate=.nan', 'training.learningRate', '.nan', 'number'],
    ['training=5', 'training', '5', 'one by one'],
  ])('refuses %s and says what the key takes', (override, key, value, type) => {
    const error = refusal({ overrides: [override] });
    expect(error.code).toBe('invalid-value');
    expect(error.message).toContain(`${key} `);
    expect(error.message).toContain(value);
    expect(error.message).toContain(override);
    expect(error.nextStep).toContain(type);
  });

  it('refuses both a deviation and a variance', () => {
    const error = refusal({ file: file('initialisation:\n  deviation: 0.01\n  variance: 0.01\n') });
    expect(error.message).toContain('line 3 of train.yaml');
    expect(error.message).toContain('not both');
  });

  it.each([
    ['training:\n  batch: [1\n', 'invalid-yaml', 'line'],
    ['training: {}\ntraining: {}\n', 'invalid-yaml', 'line 2'],
    ['- a\n- b\n', 'invalid-value', 'train.yaml'],
    ['just text', 'invalid-value', 'train.yaml'],
  ])('refuses a file with %j', (text, code, place) => {
    const error = refusal({ file: file(text) });
    expect(error.code).toBe(code);
    expect(error.message).toContain(place);
  });

  it.each(['training.batch', '=3', ''])('refuses the override %j', (override) => {
    expect(refusal({ overrides: [override] }).code).toBe('invalid-override');
  });

  it.each([
    [['network.crop=512', 'data.trainScale=256'], 'data.trainScale (256)'],
    [['data.trainScale=128-512'], 'data.trainScale (128-512)'],
    [['evaluation.testScales=256,192'], '192'],
    [['training.batch=32', 'training.microBatch=12'], 'training.microBatch (12)'],
    [['training.warmUpEpochs=3', 'training.epochs=3'], 'training.warmUpEpochs (3)'],
    [['training.batch=32', 'training.microBatch=64'], 'training.microBatch (64)'],
    [['training.batch=32', 'training.processes=5'], 'training.processes (5)'],
    [['training.batch=32', 'training.processes=4', 'training.microBatch=16'], 'share of training.batch (8)'],
  ])('refuses %j, where keys contradict each other', (overrides, expected) => {
    const error = refusal({ overrides });
    expect(error.code).toBe('invalid-value');
    expect(error.message).toContain(expected);
  });
});

describe('writeRunConfig', () => {
  it('writes a file with descriptions that resolves to the same configuration', () => {
    const config = resolveRunConfig({
      preset: {
        data: { trainScale: [256, 512], dataset: 'a: b # c' },
        evaluation: { testScales: [256, 384] },
      },
    });
    const text = writeRunConfig(config);
    expect(resolveRunConfig({ file: file(text) })).toEqual(config);
    expect(text).toContain('  # Side of the input crop in pixels (Sect. 2.1).\n  crop: 224\n');
    expect(text).toContain('trainScale: [256, 512]');
  });

  it('writes what differs between two that share the rest', () => {
    const [one, other] = [1, 2].map((seed) => resolveRunConfig({ overrides: [`training.seed=${seed}`] }));
    if (!one || !other) throw new Error('There are two.');
    expect(writeRunConfig(other).replace('seed: 2', 'seed: 1')).toBe(writeRunConfig(one));
    for (const config of [one, other])
      expect(resolveRunConfig({ file: file(writeRunConfig(config)) })).toEqual(config);
  });
});

describe('describeKeys', () => {
  it('gives every key of the schema with a description, a type and its default', () => {
    const keys = describeKeys();
    expect(keys.map(({ key }) => key)).toContain('training.plateau.threshold');
    for (const { key, description, type } of keys) {
      expect(description, key).not.toBe('');
      expect(type, key).not.toMatch(/undefined|unknown/);
    }
    const defaults = resolveRunConfig({});
    expect(keys.find(({ key }) => key === 'training.batch')?.default).toBe(defaults.training.batch);
  });

  it('finds no key near a word that is like none', () => {
    expect(nearestKey('qqqqqqqq')).toBeUndefined();
    expect(nearestKey('data.trainscale')).toBe('data.trainScale');
  });
});

it('refuses batch normalisation in shares of a batch', () => {
  const shared = ['training.batch=8', 'training.processes=2'];
  expect(refusal({ overrides: ['network.config=resnet-34', ...shared] }).code).toBe('normalised-in-shares');
  expect(resolveRunConfig({ overrides: ['network.config=D', ...shared] }).training.processes).toBe(2);
});

describe('batch normalisation of one value for each channel', () => {
  const small = ['network.crop=32', 'data.trainScale=32', 'evaluation.testScales=32'];
  // PyTorch refuses it: "Expected more than 1 value per channel when training".
  it.each([
    ['resnet-34', ['training.batch=8', 'training.microBatch=1']],
    ['plain-34', ['training.batch=1']],
  ])('is refused: %s', (net, batch) => {
    const error = refusal({ overrides: [`network.config=${net}`, ...small, ...batch] });
    expect(error.code).toBe('invalid-value');
    expect(error.message).toContain(`network.crop=32, batch normalisation of the last layers of ${net}`);
  });

  it.each([
    ['resnet-34', [...small, 'training.batch=8', 'training.microBatch=2']],
    ['resnet-34', ['network.crop=64', 'training.batch=1']],
    ['resnet-34', [...small, 'training.batch=1', 'training.epochs=0']],
    ['D', [...small, 'training.batch=1']],
  ])('does not occur otherwise: %s %s', (net, overrides) => {
    expect(resolveRunConfig({ overrides: [`network.config=${net}`, ...overrides] }).network.config).toBe(net);
  });
});
