import type { VisavisError } from '../../shared/VisavisError.js';
import type { OnnxAttribute, OnnxNode } from './OnnxModel.js';
import type { Constant } from './Value.js';

/** A node's attributes, by the type that they must have. Each is undefined where the node has none of that name. */
export class Attributes {
  readonly #all: ReadonlyMap<string, OnnxAttribute>;
  readonly #refuse: (sentence: string) => VisavisError;

  constructor({ attributes }: OnnxNode, refuse: (sentence: string) => VisavisError) {
    this.#all = attributes;
    this.#refuse = refuse;
  }

  has(name: string): boolean {
    return this.#all.has(name);
  }

  number(name: string): number | undefined {
    return this.#take(name, 'number', (value): value is number => typeof value === 'number');
  }

  integer(name: string): number | undefined {
    return this.#take(name, 'integer', (value): value is number => Number.isInteger(value));
  }

  text(name: string): string | undefined {
    return this.#take(name, 'text', (value): value is string => typeof value === 'string');
  }

  integers(name: string): readonly number[] | undefined {
    const all = this.numbers(name);
    if (all && !all.every(Number.isInteger)) throw this.#refuse(`its attribute ${name} is no list of integers`);
    return all;
  }

  numbers(name: string): readonly number[] | undefined {
    return this.#take(name, 'list of numbers', isNumbers);
  }

  tensor(name: string): Constant | undefined {
    return this.#take(name, 'tensor', (value): value is Constant => value !== null && typeof value === 'object' && 'kind' in value);
  }

  #take<T extends OnnxAttribute>(name: string, kind: string, is: (value: OnnxAttribute) => value is T): T | undefined {
    const value = this.#all.get(name);
    if (value === undefined || is(value)) return value;
    throw this.#refuse(`its attribute ${name} is no ${kind}`);
  }
}

function isNumbers(value: OnnxAttribute): value is readonly number[] {
  return Array.isArray(value) && (value as readonly unknown[]).every((n) => typeof n === 'number');
}
