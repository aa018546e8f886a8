import { memo } from '../ui/memo.js';

/** What the pages call the models that they know. Others, such as imported ones, go by their ids. */
const NAMES: Readonly<Record<string, string>> = {
  'mobilenet-160': 'MobileNet',
  'inception-160': 'Inception',
  'faceplugin-112': 'MobileFaceNet (faceplugin)',
  'mobilefacenet-112': 'MobileFaceNet',
};

export const USUAL_MODEL = 'mobilenet-160';

const PLACE = 'visavis-demo-model';
const WISH = 'model';

export function nameOfModel(id: string): string {
  return Object.hasOwn(NAMES, id) ? NAMES[id]! : id;
}

/** The order in which models are offered: those with names first, the default before all. */
export function orderOfModel(id: string): number {
  const place = Object.keys(NAMES).indexOf(id);
  return place < 0 ? Infinity : place;
}

/** The model that the address asks for with `?model=`, otherwise the last one chosen in this browser, otherwise the default. */
export function modelChoice(): string {
  const wish = new URLSearchParams(location.search).get(WISH) ?? memo.read(PLACE);
  return wish !== null && isModelId(wish) ? wish : USUAL_MODEL;
}

/** Whether a text can be the name of a model's folder. */
export function isModelId(id: string): boolean {
  return /^[a-z0-9][\w.-]{0,99}$/i.test(id);
}

/** Remembers a model, and loads the page again with it. */
export function chooseModel(choice: string): void {
  // Without storage, only the address keeps it.
  memo.write(PLACE, choice === USUAL_MODEL ? null : choice);
  const address = new URL(location.href);
  if (choice === USUAL_MODEL) address.searchParams.delete(WISH);
  else address.searchParams.set(WISH, choice);
  history.replaceState(null, '', address);
  location.reload();
}

export function forgetModel(): void {
  memo.write(PLACE, null);
}
