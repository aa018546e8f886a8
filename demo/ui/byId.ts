/** The element with that id; throws if the page has none of that kind. */
export function byId<T extends Element = HTMLElement>(
  id: string,
  kind: abstract new () => T = HTMLElement as unknown as abstract new () => T,
): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`expected an element #${id} of kind ${kind.name}`);
  return found;
}
