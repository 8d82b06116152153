import { expect, it } from 'vitest';
import { serverDef } from '../../../src-main/engine/group/serverDef.ts';

// The bytes that Google's protobuf 6 (Python) writes for the message of this text, with TensorFlow's field numbers:
//   cluster { job { name: "worker" tasks { key: 0 value: "node-a:50000" } tasks { key: 1 value: "node-b:50001" } } }
//   job_name: "worker" task_index: 1 protocol: "grpc"
//   default_session_config { experimental { collective_group_leader: "/job:worker/replica:0/task:0" collective_nccl: true } }
const expected =
  '0a2e0a2c0a06776f726b657212100800120c6e6f64652d613a353030303012100801120c6e6f64652d623a353030303112' +
  '06776f726b6572180122238201200a1c2f6a6f623a776f726b65722f7265706c6963613a302f7461736b3a3038012a0467727063';

it('is a ServerDef as protobuf writes it', () => {
  const addresses = ['node-a:50000', 'node-b:50001'];
  expect(serverDef({ addresses, rank: 1 }).toString('hex')).toBe(expected);
});

it('holds so many processes that lengths need more than seven bits', () => {
  const addresses = Array.from({ length: 64 }, (_, index) => `127.0.0.1:${50_000 + index}`);
  const bytes = serverDef({ addresses, rank: 63 });
  // Each process takes 21 bytes: its key, its address of 15 characters, and the heads of both and of the whole.
  const job = 2 + 'worker'.length + 64 * (2 + 2 + 2 + 15);
  expect([...bytes.subarray(0, 3)]).toEqual([0x0a, ((job + 3) % 128) | 128, Math.floor((job + 3) / 128)]);
});
