/** The embedding models that these pages know, the default first. The server says which of them it has. */
export const MODELS = [
  { id: 'mobilenet-160', name: 'MobileNet' },
  { id: 'inception-160', name: 'Inception' },
  { id: 'faceplugin-112', name: 'MobileFaceNet (faceplugin)' },
  { id: 'mobilefacenet-112', name: 'MobileFaceNet' },
] as const;
export type ModelId = (typeof MODELS)[number]['id'];

export const USUAL_MODEL: ModelId = MODELS[0].id;

const PLACE = 'visavis-demo-model';
const WISH = 'model';

/** The model that the address asks for with `?model=`, otherwise the last one chosen in this browser, otherwise the default. */
export function modelChoice(): ModelId {
  const wish = new URLSearchParams(location.search).get(WISH) ?? remembered();
  return MODELS.find(({ id }) => id === wish)?.id ?? USUAL_MODEL;
}

/** Remembers a model, and loads the page again with it. */
export function chooseModel(choice: ModelId): void {
  try {
    if (choice === USUAL_MODEL) localStorage.removeItem(PLACE);
    else localStorage.setItem(PLACE, choice);
  } catch {
    // Without storage, only the address keeps it.
  }
  const address = new URL(location.href);
  if (choice === USUAL_MODEL) address.searchParams.delete(WISH);
  else address.searchParams.set(WISH, choice);
  history.replaceState(null, '', address);
  location.reload();
}

function remembered(): string | null {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null;
  }
}
