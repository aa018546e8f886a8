import type { FloatKind } from '../decodeFloats.js';
import { importFailed } from '../importFailed.js';
import { MAX_AXES } from '../limits.js';
import type { PickleHost } from '../pickle/PickleMachine.js';
import { PickleForeign, PickleGlobal, type PickleValue } from '../pickle/PickleValue.js';
import type { StorageReference, TensorReference } from './TensorReference.js';

/** A tensor or a storage among a pickle's values. */
export class TorchTensor extends PickleForeign<TensorReference> {}
class TorchStorage extends PickleForeign<StorageReference> {}

/** PyTorch's kinds of storages: bytes of a number, and its kind where it has a fraction. */
const STORAGES: ReadonlyMap<string, readonly [bytes: number, kind?: FloatKind]> = new Map([
  ['FloatStorage', [4, 'float32']],
  ['HalfStorage', [2, 'float16']],
  ['BFloat16Storage', [2, 'bfloat16']],
  ['DoubleStorage', [8, 'float64']],
  ['LongStorage', [8]],
  ['IntStorage', [4]],
  ['ShortStorage', [2]],
  ['CharStorage', [1]],
  ['ByteStorage', [1]],
  ['BoolStorage', [1]],
]);

/** Every name that a state_dict may hold, and what stands in its place; besides OrderedDict, which counts. */
const GLOBALS: ReadonlyMap<string, PickleGlobal> = new Map(
  [
    new PickleGlobal('torch._utils._rebuild_tensor', tensor),
    new PickleGlobal('torch._utils._rebuild_tensor_v2', tensor),
    new PickleGlobal('torch._utils._rebuild_parameter', ([data]) => data ?? null),
    new PickleGlobal('torch._utils._rebuild_parameter_with_state', ([data]) => data ?? null),
    new PickleGlobal('torch.Size', ([size]) => size ?? []),
    new PickleGlobal('torch.device', ([device]) => device ?? null),
    new PickleGlobal('torch.jit._pickle.build_intlist', ([list]) => list ?? []),
    new PickleGlobal('torch.jit._pickle.build_doublelist', ([list]) => list ?? []),
    new PickleGlobal('torch.jit._pickle.build_boollist', ([list]) => list ?? []),
    new PickleGlobal('torch.jit._pickle.build_tensorlist', ([list]) => list ?? []),
    new PickleGlobal('torch.jit._pickle.restore_type_tag', ([value]) => value ?? null),
    ...[...STORAGES.keys()].map((name) => new PickleGlobal(`torch.${name}`)),
    ...['float16', 'float32', 'float64', 'bfloat16', 'int32', 'int64', 'uint8', 'bool'].map((name) => new PickleGlobal(`torch.${name}`)),
  ].map((known) => [known.name, known]),
);

interface TorchHostOptions {
  /** Whether classes of TorchScript are expected. */
  readonly script: boolean;
  /** Called for every storage that the pickle refers to. */
  readonly onStorage?: (storage: StorageReference) => void;
}

/**
 * What PyTorch's pickles may ask for: the names above, and in TorchScript archives the network's own classes, whose objects are read as
 * attributes.
 */
export function torchHost({ script, onStorage = () => undefined }: TorchHostOptions): PickleHost {
  let listed = 0;
  const dictionary = new PickleGlobal('collections.OrderedDict', ([items]) => {
    listed += Array.isArray(items) ? items.length : 0;
    if (listed > MOST_LISTED) throw importFailed(`The pickle makes dictionaries of lists with more than ${MOST_LISTED} items.`);
    return orderedDict(items);
  });
  return {
    findGlobal(module, name, isClass) {
      const asked = `${module}.${name}`;
      if (asked === dictionary.name) return dictionary;
      if (script && (module === '__torch__' || module.startsWith('__torch__.'))) return new PickleGlobal(asked, undefined, true);
      const known = GLOBALS.get(asked);
      if (known) return known;
      throw importFailed(
        isClass
          ? `The file holds a whole pickled module (${asked}), not a state_dict. Save model.state_dict() instead. Nothing was run.`
          : `The pickle asks for ${asked}, which no state_dict holds. Nothing was run. Save model.state_dict() alone, or use another source if this is not your file.`,
      );
    },
    findPersistent(id) {
      const found = storage(id);
      onStorage(found.value);
      return found;
    },
  };
}

/** ('storage', class, key, device, count), in old files followed by null or a view: (key, start, count). */
function storage(id: PickleValue): TorchStorage {
  const [word, type, key, , count, view] = Array.isArray(id) ? id : [];
  const known = type instanceof PickleGlobal ? STORAGES.get(type.name.replace(/^torch\./, '')) : undefined;
  if (word !== 'storage' || !known || typeof key !== 'string')
    throw importFailed('The pickle refers to something outside of it that is no storage.');
  const [bytesEach, kind] = known;
  const [, start, part] = Array.isArray(view) ? view : [key, 0, count];
  return new TorchStorage({ key, kind, bytesEach, count: number(part), start: number(start) });
}

/** (storage, offset, size, stride, …) */
function tensor([block, offset, size, stride]: readonly PickleValue[]): PickleValue {
  if (!(block instanceof TorchStorage) || !Array.isArray(size) || !Array.isArray(stride))
    throw importFailed('The pickle holds a tensor that is not made of a storage, an offset, a size and strides.');
  if (size.length > MAX_AXES || stride.length > MAX_AXES)
    throw importFailed(`The pickle holds a tensor of ${Math.max(size.length, stride.length)} axes: at most ${MAX_AXES} are taken.`);
  return new TorchTensor({ storage: block.value, offset: number(offset), size: size.map(number), stride: stride.map(number) });
}

/** Empty, as state_dicts have it; only old files list items here. */
function orderedDict(items: PickleValue | undefined): PickleValue {
  const map = new Map<PickleValue, PickleValue>();
  if (!Array.isArray(items)) return map;
  for (const item of items) if (Array.isArray(item) && item.length === 2) map.set(item[0]!, item[1]!);
  return map;
}

/** Items of all such lists: a pickle may make a dictionary of the same list again and again. */
const MOST_LISTED = 100_000;

/** NaN for whatever is no number: what uses it says so. */
function number(value: PickleValue | undefined): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : NaN;
}
