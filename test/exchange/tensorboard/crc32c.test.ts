import { expect, it } from 'vitest';
import { crc32c } from '../../../src-main/exchange/tensorboard/crc32c.ts';
import { tfRecord } from '../../../src-main/exchange/tensorboard/tfRecord.ts';

const bytes = (value: (index: number) => number) =>
  Uint8Array.from({ length: 32 }, (_, index) => value(index));

it.each([
  ['32 zeros', bytes(() => 0), 0x8a9136aa],
  ['32 bytes of ones', bytes(() => 0xff), 0x62a8ab43],
  ['32 rising bytes', bytes((index) => index), 0x46dd794e],
  ['32 falling bytes', bytes((index) => 31 - index), 0x113fdb5c],
  ['the digits 1 to 9', Buffer.from('123456789'), 0xe3069283],
])('sums %s as RFC 3720 B.4 and the catalogue of CRCs print it', (_, data, sum) => {
  expect(crc32c(data)).toBe(sum);
});

it('frames a record as TensorBoard does', () => {
  // What tensorboard.summary.writer.record_writer.RecordWriter of TensorBoard 2.21 writes.
  expect(tfRecord(Buffer.from('hello')).toString('hex')).toBe('0500000000000000eab2043e68656c6c6fbb1f1c19');
});
