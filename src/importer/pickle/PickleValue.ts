/** A name that a pickle asks for, such as `collections.OrderedDict`: a class or a function of Python, never run. */
export class PickleGlobal {
  constructor(
    readonly name: string,
    /** What takes the place of calling it; undefined where it may only be named. */
    readonly call?: (args: readonly PickleValue[]) => PickleValue,
    /** Whether the pickle may make objects of this class, which are plain attributes here. */
    readonly isClass = false,
  ) {}
}

/** An object: its class by name, and its attributes. */
export class PickleObject {
  attributes: ReadonlyMap<PickleValue, PickleValue> = new Map();
  constructor(readonly type: string) {}
}

/** Something that stands outside of the pickle, or that a known function makes; what it is only its reader knows. */
export class PickleForeign<T = unknown> {
  constructor(readonly value: T) {}
}

/** What a pickle may hold here. Lists, tuples and sets are arrays; dictionaries are maps, so that no key can touch a prototype. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | Map<PickleValue, PickleValue>
  | PickleGlobal
  | PickleObject
  | PickleForeign;
