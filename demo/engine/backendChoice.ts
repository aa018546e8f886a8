import { BACKENDS, type BackendChoice } from '../../src/index.js';

/** The backend that the address asks for with `?backend=`. */
export function backendChoice(): BackendChoice {
  const wish = new URLSearchParams(location.search).get('backend');
  return BACKENDS.find((backend) => backend === wish) ?? 'auto';
}

/** Loads the page again with another backend. */
export function chooseBackend(choice: string): void {
  const address = new URL(location.href);
  if (choice === 'auto') address.searchParams.delete('backend');
  else address.searchParams.set('backend', choice);
  history.replaceState(null, '', address);
  location.reload();
}
