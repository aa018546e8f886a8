/** Writes text only if it differs, so that screen readers and selections aren't disturbed. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
