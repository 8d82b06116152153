import type { PickleMachine } from './PickleMachine.ts';
import type { Pickled } from './pickled.ts';

const newestProtocol = 5;

/** Python's texts of 8-bit characters, which Python 2 wrote names as. */
const ascii = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const unquoted = (line: string): string => line.replace(/^(['"])(.*)\1$/, '$2');
/** The machine works on lists, so tuples and sets are lists too. */
const items = (machine: PickleMachine): Pickled[] => machine.popMarked();

/** Opcodes that put a value on the stack. */
const making: Readonly<Record<string, (machine: PickleMachine) => Pickled>> = {
  N: () => null,
  '\x88': () => true,
  '\x89': () => false,
  K: ({ bytes }) => bytes.byte(),
  M: ({ bytes }) => bytes.uint16(),
  J: ({ bytes }) => bytes.int32(),
  I: ({ bytes }) => Number(bytes.line()),
  L: ({ bytes }) => Number(bytes.line().replace(/L$/, '')),
  '\x8a': ({ bytes }) => bytes.long(bytes.byte()),
  '\x8b': ({ bytes }) => bytes.long(bytes.uint32()),
  G: ({ bytes }) => bytes.bigEndianDouble(),
  F: ({ bytes }) => Number(bytes.line()),
  X: ({ bytes }) => bytes.text(bytes.uint32()),
  '\x8c': ({ bytes }) => bytes.text(bytes.byte()),
  '\x8d': ({ bytes }) => bytes.text(bytes.uint64()),
  V: ({ bytes }) => bytes.line(),
  S: ({ bytes }) => unquoted(bytes.line()),
  U: ({ bytes }) => ascii(bytes.take(bytes.byte())),
  T: ({ bytes }) => ascii(bytes.take(bytes.uint32())),
  C: ({ bytes }) => bytes.take(bytes.byte()),
  B: ({ bytes }) => bytes.take(bytes.uint32()),
  '\x8e': ({ bytes }) => bytes.take(bytes.uint64()),
  '\x96': ({ bytes }) => bytes.take(bytes.uint64()),
  '}': () => new Map(),
  ']': () => [],
  ')': () => [],
  '\x8f': () => [],
  t: items,
  l: items,
  '\x91': items,
  d: (machine) => {
    const pairs = items(machine);
    machine.push(new Map());
    machine.setItems(pairs);
    return machine.pop();
  },
  '\x85': (machine) => machine.popMany(1),
  '\x86': (machine) => machine.popMany(2),
  '\x87': (machine) => machine.popMany(3),
  '2': (machine) => machine.top(),
  h: (machine) => machine.recall(machine.bytes.byte()),
  j: (machine) => machine.recall(machine.bytes.uint32()),
  g: (machine) => machine.recall(Number(machine.bytes.line())),
  c: (machine) => machine.global(machine.bytes.line(), machine.bytes.line()),
  '\x93': (machine) => machine.global(...machine.popMany(2)),
  Q: (machine) => machine.persistent(machine.pop()),
  R: (machine) => machine.call(machine.popMany(2)),
  '\x81': (machine) => machine.call(machine.popMany(2)),
  '\x92': (machine) => machine.call(machine.popMany(3)),
  i: (machine) => machine.call([machine.global(machine.bytes.line(), machine.bytes.line()), items(machine)]),
  o: (machine) => {
    const [called = null, ...argument] = items(machine);
    return machine.call([called, argument]);
  },
};

/** Opcodes that do something else. */
const acting: Readonly<Record<string, (machine: PickleMachine) => void>> = {
  '\x80': (machine) => {
    if (machine.bytes.byte() > newestProtocol) throw machine.broken('it is of an unknown protocol');
  },
  '\x95': ({ bytes }) => {
    bytes.take(8);
  },
  '(': (machine) => {
    machine.mark();
  },
  '0': (machine) => {
    machine.pop();
  },
  '1': (machine) => {
    machine.popMarked();
  },
  a: (machine) => {
    machine.append([machine.pop()]);
  },
  e: (machine) => {
    machine.append(machine.popMarked());
  },
  '\x90': (machine) => {
    machine.append(machine.popMarked());
  },
  s: (machine) => {
    machine.setItems(machine.popMany(2));
  },
  u: (machine) => {
    machine.setItems(machine.popMarked());
  },
  q: (machine) => {
    machine.remember(machine.bytes.byte());
  },
  r: (machine) => {
    machine.remember(machine.bytes.uint32());
  },
  p: (machine) => {
    machine.remember(Number(machine.bytes.line()));
  },
  '\x94': (machine) => {
    machine.remember();
  },
  b: (machine) => {
    machine.build();
  },
};

/** What each byte does, as an opcode. */
const table: readonly ((machine: PickleMachine) => void)[] = Array.from({ length: 256 }, (_, opcode) => {
  const code = String.fromCharCode(opcode);
  const make = making[code];
  if (make) {
    return (machine) => {
      machine.push(make(machine));
    };
  }
  return (
    acting[code] ??
    ((machine) => {
      throw machine.refused(`for opcode ${JSON.stringify(code)}`);
    })
  );
});

/**
 * Performs one opcode of a pickle, a byte.
 * All opcodes: https://github.com/python/cpython/blob/main/Lib/pickletools.py
 */
export function perform(machine: PickleMachine, opcode: number): void {
  table[opcode]?.(machine);
}
