import { WorkbenchError } from '../../foundation/errors.ts';
import { ByteCursor } from './ByteCursor.ts';
import { damaged } from '../WeightsFile.ts';
import { isTensor, rebuilders, storageTypes } from './tensors.ts';
import { Global, Storage, type Pickled, type TensorView } from './pickled.ts';

const ordered = 'collections.OrderedDict';
const known = new Set([ordered, ...Object.keys(rebuilders), ...Object.keys(storageTypes)]);
const newestProtocol = 5;
const deepest = 100_000;

/**
 * Reads a pickle that `torch.save` wrote for a state dictionary. This is a separate interpreter that knows only
 * numbers, texts, lists, dictionaries and tensors; anything else in the pickle is refused by name, and nothing is
 * executed.
 * Opcodes: https://github.com/python/cpython/blob/main/Lib/pickletools.py
 *
 * @throws WorkbenchError `weights-refused` naming what the pickle asks for, `weights-damaged`
 */
export function unpickle(bytes: Uint8Array, path: string): Pickled {
  try {
    return new Machine(bytes, path).run();
  } catch (error) {
    if (error instanceof RangeError) throw damaged(path, 'the list of its tensors is cut short', error);
    throw error;
  }
}

class Machine {
  readonly #bytes: ByteCursor;
  readonly #path: string;
  readonly #memo = new Map<number, Pickled>();
  readonly #marked: Pickled[][] = [];
  #stack: Pickled[] = [];

  constructor(bytes: Uint8Array, path: string) {
    this.#bytes = new ByteCursor(bytes);
    this.#path = path;
  }

  run(): Pickled {
    for (;;) {
      const opcode = String.fromCharCode(this.#bytes.byte());
      if (opcode === '.') return this.#pop();
      const made = this.#make(opcode);
      if (made === undefined) this.#perform(opcode);
      else this.#stack.push(made);
      if (this.#stack.length > deepest || this.#marked.length > deepest)
        throw this.#broken('it nests too deep');
    }
  }

  /** What an opcode puts on the stack; undefined for one that does something else. */
  #make(opcode: string): Pickled | undefined {
    const bytes = this.#bytes;
    switch (opcode) {
      case 'N':
        return null;
      case '\x88':
      case '\x89':
        return opcode === '\x88';
      case 'K':
        return bytes.byte();
      case 'M':
        return bytes.uint16();
      case 'J':
        return bytes.int32();
      case '\x8a':
        return bytes.long(bytes.byte());
      case 'G':
        return bytes.bigEndianDouble();
      case 'X':
        return bytes.text(bytes.uint32());
      case '\x8c':
        return bytes.text(bytes.byte());
      case '}':
        return new Map();
      case ']':
      case ')':
        return [];
      case 't':
        return this.#popMarked();
      case '\x85':
      case '\x86':
      case '\x87':
        return this.#popMany(opcode.charCodeAt(0) - 0x84);
      case 'h':
        return this.#recall(bytes.byte());
      case 'j':
        return this.#recall(bytes.uint32());
      case 'c':
        return this.#global(bytes.line(), bytes.line());
      case '\x93':
        return this.#global(...this.#popMany(2));
      case 'Q':
        return this.#storage(this.#pop());
      case 'R':
        return this.#call(this.#popMany(2));
    }
    return undefined;
  }

  #perform(opcode: string): void {
    switch (opcode) {
      case '\x80':
        if (this.#bytes.byte() > newestProtocol) throw this.#broken('it is of an unknown protocol');
        break;
      case '\x95':
        this.#bytes.skip(8);
        break;
      case '(':
        this.#marked.push(this.#stack);
        this.#stack = [];
        break;
      case 'a':
        this.#append([this.#pop()]);
        break;
      case 'e':
        this.#append(this.#popMarked());
        break;
      case 's':
        this.#setItems(this.#popMany(2));
        break;
      case 'u':
        this.#setItems(this.#popMarked());
        break;
      case 'q':
        this.#memo.set(this.#bytes.byte(), this.#top());
        break;
      case 'r':
        this.#memo.set(this.#bytes.uint32(), this.#top());
        break;
      case '\x94':
        this.#memo.set(this.#memo.size, this.#top());
        break;
      case 'b':
        // A state dictionary has the versions of its modules as an attribute, which the weights do not need.
        this.#pop();
        if (!(this.#top() instanceof Map)) throw this.#refused('to set the attributes of an object');
        break;
      default:
        throw this.#refused(`for opcode ${JSON.stringify(opcode)}`);
    }
  }

  #global(...[module, name]: readonly Pickled[]): Global {
    const full = typeof module === 'string' && typeof name === 'string' ? `${module}.${name}` : 'a class';
    if (!known.has(full)) throw this.#refused(`for ${full}`);
    return new Global(full);
  }

  /** `('storage', type, key, device, count)` stands for the values in an entry of the archive. */
  #storage(id: Pickled): Storage {
    const [kind, type, key, , count] = Array.isArray(id) ? id : [];
    const dtype = type instanceof Global ? storageTypes[type.name] : undefined;
    if (kind !== 'storage' || dtype === undefined || typeof key !== 'string' || !isCount(count))
      throw this.#broken('it refers to values in an unknown way');
    return new Storage(dtype, key, count);
  }

  #call([called, argument]: readonly Pickled[]): Pickled {
    if (!(called instanceof Global) || !Array.isArray(argument)) throw this.#refused('to call an object');
    if (called.name === ordered && argument.length === 0) return new Map();
    const built = rebuilders[called.name]?.(argument);
    if (built === undefined) throw this.#broken(`it calls ${called.name} in an unknown way`);
    return built;
  }

  #append(items: readonly Pickled[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw this.#broken('it appends to what is no list');
    for (const item of items) list.push(item);
  }

  #setItems(items: readonly Pickled[]): void {
    const map = this.#top();
    if (!(map instanceof Map) || items.length % 2 !== 0) throw this.#broken('it fills what is no dictionary');
    for (let index = 0; index < items.length; index += 2) {
      map.set(items[index] ?? null, items[index + 1] ?? null);
    }
  }

  #recall(index: number): Pickled {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.#broken('it recalls what it never kept');
    return value;
  }

  #top(): Pickled {
    const value = this.#stack.at(-1);
    if (value === undefined) throw this.#broken('it takes more than there is');
    return value;
  }

  #pop(): Pickled {
    const value = this.#top();
    this.#stack.pop();
    return value;
  }

  #popMany(count: number): Pickled[] {
    if (this.#stack.length < count) throw this.#broken('it takes more than there is');
    return this.#stack.splice(-count);
  }

  #popMarked(): Pickled[] {
    const outer = this.#marked.pop();
    if (!outer) throw this.#broken('it takes more than there is');
    const items = this.#stack;
    this.#stack = outer;
    return items;
  }

  #broken(fact: string): WorkbenchError {
    return damaged(this.#path, `the list of its tensors cannot be read: ${fact}`);
  }

  #refused(what: string): WorkbenchError {
    return new WorkbenchError(
      'weights-refused',
      `${this.#path} asks ${what}, which a file of tensors has no need of. Nothing of it was executed.`,
      'Save the state dictionary alone, torch.save(model.state_dict(), path), or use a safetensors file.',
    );
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** The tensors of a state dictionary, which may be one entry of a checkpoint among others. */
export function stateDictionary(pickled: Pickled): Map<string, TensorView> {
  const inner =
    pickled instanceof Map ? (pickled.get('state_dict') ?? pickled.get('model') ?? pickled) : null;
  const entries = inner instanceof Map ? [...inner] : [];
  return new Map(
    entries.flatMap(([name, value]) => (typeof name === 'string' && isTensor(value) ? [[name, value]] : [])),
  );
}
