import { WorkbenchError } from '../../foundation/errors.ts';
import { damaged } from '../WeightsFile.ts';
import type { ByteCursor } from './ByteCursor.ts';
import { callKnown, isKnown } from './known.ts';
import { Foreign, Global, Storage, type Pickled } from './pickled.ts';
import { storageTypes } from './tensors.ts';

const deepest = 100_000;

/**
 * Reads pickles that `torch.save` wrote. This is a separate interpreter that knows only numbers, texts, lists,
 * dictionaries and tensors. Whatever else a pickle asks for is noted by its name and passed over: nothing is executed.
 */
export class PickleMachine {
  readonly bytes: ByteCursor;
  /** Every storage that was met, by key; of parts of one, the whole. */
  readonly storages = new Map<string, Storage>();
  /** Names of the classes and functions that were passed over. */
  readonly foreign = new Set<string>();
  readonly #path: string;
  readonly #memo = new Map<number, Pickled>();
  readonly #marked: Pickled[][] = [];
  #stack: Pickled[] = [];

  constructor(bytes: ByteCursor, path: string) {
    this.bytes = bytes;
    this.#path = path;
  }

  /** Refuses a pickle that would fill the memory. @throws WorkbenchError `weights-damaged` */
  requireShallow(): void {
    if (this.#stack.length > deepest || this.#marked.length > deepest) throw this.broken('it nests too deep');
  }

  push(value: Pickled): void {
    this.#stack.push(value);
  }

  global(...[module, name]: readonly Pickled[]): Pickled {
    const full = typeof module === 'string' && typeof name === 'string' ? `${module}.${name}` : 'a class';
    if (isKnown(full)) return new Global(full);
    this.foreign.add(full);
    return new Foreign(full);
  }

  /** `('storage', type, key, device, count)`, in older files with the part of it that is meant. */
  persistent(id: Pickled): Pickled {
    const [kind, type, key, , count, part] = Array.isArray(id) ? id : [];
    // Older files keep the source of a module's class beside it.
    if (kind === 'module' && type instanceof Foreign) return type;
    const dtype =
      type instanceof Global ? storageTypes[type.name] : type instanceof Foreign ? type.name : null;
    if (kind !== 'storage' || dtype == null || typeof key !== 'string' || !isCount(count))
      throw this.broken('it refers to values in an unknown way');
    const whole = new Storage(dtype, key, count);
    this.storages.set(key, whole);
    if (!Array.isArray(part)) return whole;
    const [, begin, length] = part;
    if (!isCount(begin) || !isCount(length) || begin + length > count)
      throw this.broken('it refers to values outside a storage');
    return new Storage(dtype, key, length, begin);
  }

  call([called, argument]: readonly Pickled[]): Pickled {
    if (called instanceof Foreign) return called;
    if (!(called instanceof Global) || !Array.isArray(argument)) throw this.refused('to call an object');
    const made = callKnown(called.name, argument);
    if (made !== undefined) return made;
    if (argument.some((value) => value instanceof Foreign)) return new Foreign(called.name);
    throw this.broken(`it calls ${called.name} in an unknown way`);
  }

  /** A state dictionary has the versions of its modules as an attribute, which the weights do not need. */
  build(): void {
    this.pop();
    if (!(this.top() instanceof Map || this.top() instanceof Foreign))
      throw this.refused('to set the attributes of an object');
  }

  append(items: readonly Pickled[]): void {
    const list = this.top();
    if (list instanceof Foreign) return;
    if (!Array.isArray(list)) throw this.broken('it appends to what is no list');
    for (const item of items) list.push(item);
  }

  setItems(items: readonly Pickled[]): void {
    const map = this.top();
    if (map instanceof Foreign) return;
    if (!(map instanceof Map) || items.length % 2 !== 0) throw this.broken('it fills what is no dictionary');
    for (let index = 0; index < items.length; index += 2) {
      map.set(items[index] ?? null, items[index + 1] ?? null);
    }
  }

  remember(index = this.#memo.size): void {
    this.#memo.set(index, this.top());
  }

  recall(index: number): Pickled {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.broken('it recalls what it never kept');
    return value;
  }

  mark(): void {
    this.#marked.push(this.#stack);
    this.#stack = [];
  }

  top(): Pickled {
    const value = this.#stack.at(-1);
    if (value === undefined) throw this.broken('it takes more than there is');
    return value;
  }

  pop(): Pickled {
    const value = this.top();
    this.#stack.pop();
    return value;
  }

  popMany(count: number): Pickled[] {
    if (this.#stack.length < count) throw this.broken('it takes more than there is');
    return this.#stack.splice(-count);
  }

  popMarked(): Pickled[] {
    const outer = this.#marked.pop();
    if (!outer) throw this.broken('it takes more than there is');
    const items = this.#stack;
    this.#stack = outer;
    return items;
  }

  broken(fact: string, cause?: unknown): WorkbenchError {
    return damaged(this.#path, `the list of its tensors cannot be read: ${fact}`, cause);
  }

  refused(what: string): WorkbenchError {
    return refused(this.#path, what);
  }
}

/** @param what it asks, after "asks" */
export function refused(path: string, what: string): WorkbenchError {
  return new WorkbenchError(
    'weights-refused',
    `${path} asks ${what}, which a file of tensors has no need of. Nothing of it was executed.`,
    'Save the state dictionary alone, torch.save(model.state_dict(), path), or use a safetensors file.',
  );
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
