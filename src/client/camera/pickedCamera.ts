const KEY = 'visavis-camera';

/** The id of the camera that this person picked last on this origin; null where none was, or nothing is kept. */
export function pickedCamera(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Takes note of it; null forgets it. */
export function rememberCamera(id: string | null): void {
  try {
    if (id === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, id);
  } catch {
    // A page without storage keeps nothing.
  }
}
