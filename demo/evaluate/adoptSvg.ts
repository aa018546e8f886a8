/** An SVG picture out of its text; nothing in it runs, whatever it says. */
export function adoptSvg(text: string): Element {
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
  const fault = parsed.querySelector('parsererror');
  if (fault) throw new Error(`expected an SVG picture: ${fault.textContent}`);
  return document.adoptNode(parsed.documentElement);
}
