import { WorkbenchError } from '../../foundation/errors.ts';
import { Foreign, type Pickled, type TensorView } from './pickled.ts';
import { refused } from './PickleMachine.ts';
import { isTensor } from './tensors.ts';

/** A dictionary of tensors, and the keys that lead to it. */
interface Candidate {
  place: string[];
  tensors: Map<string, TensorView>;
  entries: ReadonlyMap<Pickled, Pickled>;
}

/** The tensors of a file, and what is to be said of how they were found. */
export interface FoundDictionary {
  tensors: ReadonlyMap<string, TensorView>;
  notes: readonly string[];
}

const deepest = 6;
/** Of several dictionaries alike, such as the weights and their moving average, the first of these is what was trained. */
const usualKeys = ['state_dict', 'model_state_dict', 'model', 'model_state', 'net', 'network', 'weights'];

/**
 * The one dictionary of tensors in what `torch.save` wrote, whatever its key. Whatever lies beside it, an optimiser or
 * the arguments of a program, is passed over.
 *
 * @param foreign names of the classes and functions that the pickle asked for
 * @throws WorkbenchError `weights-refused` if they stand among the tensors or instead of them, `weights-unknown` if
 *   there are several dictionaries and none of a usual key
 */
export function dictionaryIn(pickled: Pickled, foreign: ReadonlySet<string>, path: string): FoundDictionary {
  const found = mostTensors([...candidatesIn(pickled, [])]);
  const [chosen, ...others] = inUsualOrder(found);
  if (!chosen) {
    if (foreign.size > 0) throw refused(path, `for ${[...foreign].join(', ')}`);
    return { tensors: new Map(), notes: [] };
  }
  const among = [...chosen.entries.values()].find((value) => value instanceof Foreign);
  if (among instanceof Foreign) throw refused(path, `for ${among.name}`);
  if (others.length > 0 && !usualKeys.includes(chosen.place.at(-1) ?? '')) throw several(path, found);
  const passedOver = [...foreign];
  return {
    tensors: chosen.tensors,
    notes: [
      ...(others.length === 0 ? [] : [`Of ${listOf(found)}, ${placeText(chosen)} was read.`]),
      ...(passedOver.length === 0
        ? []
        : [
            `It also holds objects of ${passedOver.slice(0, 5).join(', ')}, which were passed over unexecuted.`,
          ]),
    ],
  };
}

function* candidatesIn(value: Pickled, place: string[]): Generator<Candidate> {
  if (!(value instanceof Map) || place.length > deepest) return;
  const tensors = new Map<string, TensorView>();
  for (const [key, inner] of value) {
    // An optimiser numbers its parameters, so what lies beneath a number is not weights.
    if (typeof key !== 'string') continue;
    if (isTensor(inner)) tensors.set(key, inner);
    else yield* candidatesIn(inner, [...place, key]);
  }
  if (tensors.size > 0) yield { place, tensors, entries: value };
}

/** Those with the most weights: a count of steps or a best accuracy may be a tensor as well. */
function mostTensors(candidates: readonly Candidate[]): Candidate[] {
  const weights = ({ tensors }: Candidate) =>
    [...tensors.values()].filter(({ shape }) => shape.length > 1).length;
  const most = Math.max(...candidates.map(weights));
  return candidates.filter((each) => weights(each) === most);
}

function inUsualOrder(candidates: readonly Candidate[]): Candidate[] {
  const rank = ({ place }: Candidate) => {
    const index = usualKeys.indexOf(place.at(-1) ?? '');
    return index < 0 ? usualKeys.length : index;
  };
  return candidates.toSorted((left, right) => rank(left) - rank(right));
}

function placeText({ place }: Candidate): string {
  return place.length === 0 ? 'the dictionary itself' : place.join('.');
}

function listOf(candidates: readonly Candidate[]): string {
  return candidates.map(placeText).join(' and ');
}

function several(path: string, candidates: readonly Candidate[]): WorkbenchError {
  return new WorkbenchError(
    'weights-unknown',
    `${path} holds several dictionaries of tensors: ${listOf(candidates)}.`,
    'Save the one that is meant: torch.save(model.state_dict(), path).',
  );
}
