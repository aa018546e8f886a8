/**
 * Whether a value is the browser's own object of a kind, of whichever window: `instanceof` knows those of its own window only, and the
 * pictures of a same-origin frame are as good. The browser's getters refuse anything but their kind, so nothing can pretend.
 * @param kind the name of a class, which may be missing here: then nothing is of it
 * @param getter a property that its prototype has as a getter
 */
export function hasBrand(value: unknown, kind: string, getter: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { prototype } = ((globalThis as Record<string, unknown>)[kind] as { prototype?: object } | undefined) ?? {};
  const property = prototype && Object.getOwnPropertyDescriptor(prototype, getter);
  if (!property?.get) return false;
  try {
    property.get.call(value);
    return true;
  } catch {
    return false;
  }
}
