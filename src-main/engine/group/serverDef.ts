/** The processes of a group, by the address `host:port` at which each listens, and which of them this one is. */
export interface Membership {
  addresses: readonly string[];
  /** From 0. */
  rank: number;
}

/** The name of the job in TensorFlow's cluster that all processes of a group are tasks of. */
const job = 'worker';
const leader = `/job:${job}/replica:0/task:0`;

/**
 * A `tensorflow.ServerDef` of a group, serialised. Field numbers are those of TensorFlow's `tensorflow_server.proto`,
 * `cluster.proto` and `config.proto`:
 *
 *     cluster 1 {job 1 {name 1, tasks 2 {key 1, value 2}}}, job_name 2, task_index 3,
 *     default_session_config 4 {experimental 16 {collective_group_leader 1, collective_nccl 7}}, protocol 5
 */
export function serverDef({ addresses, rank }: Membership): Buffer {
  const tasks = addresses.map((address, task) =>
    message(2, Buffer.concat([whole(1, task), message(2, Buffer.from(address))])),
  );
  const cluster = message(1, Buffer.concat([message(1, Buffer.from(job)), ...tasks]));
  const experimental = Buffer.concat([message(1, Buffer.from(leader)), whole(7, 1)]);
  return Buffer.concat([
    message(1, cluster),
    message(2, Buffer.from(job)),
    whole(3, rank),
    message(4, message(16, experimental)),
    message(5, Buffer.from('grpc')),
  ]);
}

/** A field of a given length: text, or another message. */
function message(field: number, content: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
}

function whole(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

/** Seven bits a byte, the lowest first; the top bit says that more follow. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}
