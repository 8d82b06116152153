import { createHash } from 'node:crypto';
import { CollectiveGroup } from '../../../src-main/engine/group/CollectiveGroup.ts';
import { openTensorFlow, tensorflow } from '../../../src-main/engine/tensorflow.ts';
import { testEngineFiles } from '../../support/engine.ts';
import { valuesOf } from './valuesOf.ts';

/*
 * A process of a group: adds up its values with those of the others, and tells the hash of the sum and what it gathers.
 * Its words are the addresses, its rank and the number of values.
 */
const [addresses = '', rankText = '', lengthText = ''] = process.argv.slice(2);
const member = { addresses: addresses.split(','), rank: Number(rankText) };
openTensorFlow((await testEngineFiles()).addon, undefined, member);
const group = new CollectiveGroup(member);
using own = tensorflow().tf.tensor1d(valuesOf(member.rank, Number(lengthText)));
using sum = group.sum(own);
const values = sum.dataSync<'float32'>();
const gathered = group.gather(Float32Array.of(member.rank, NaN)).map((one) => [...one]);
console.log(
  JSON.stringify({ sum: createHash('sha256').update(values).digest('hex'), gathered: String(gathered) }),
);
process.exit(0);
