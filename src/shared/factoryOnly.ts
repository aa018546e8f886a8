/** What a factory passes to the constructor of what it makes. No entry of the package exports it, so nobody else can. */
export const FACTORY = Symbol('visavis factory');

/**
 * For constructors that are no part of the API: an object put together from invented parts would break what its class promises.
 * Throws a TypeError unless `key` is `FACTORY`.
 * @param name of the class
 * @param factory the call that makes its objects
 */
export function assertFactory(key: unknown, name: string, factory: string): void {
  if (key !== FACTORY) throw new TypeError(`expected a ${name} made by ${factory}, got new ${name}(…): call ${factory} instead`);
}
