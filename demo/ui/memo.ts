/** What the demo's pages remember in this browser. One that keeps nothing forgets it with the page. */
export const memo = {
  read(place: string): string | null {
    try {
      return localStorage.getItem(place);
    } catch {
      return null;
    }
  },
  /** @param value null forgets it */
  write(place: string, value: string | null): void {
    try {
      if (value === null) localStorage.removeItem(place);
      else localStorage.setItem(place, value);
    } catch {
      // It counts until the page is left.
    }
  },
};
