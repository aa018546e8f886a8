import { abortable } from '../../shared/abortable.js';

/** Resolves once the page is in the foreground, at once outside pages; rejects with `aborted` when the signal fires. */
export async function pageVisible(signal: AbortSignal): Promise<void> {
  if (!isHidden()) return;
  let stop = () => {};
  const shown = new Promise<void>((resolve) => {
    const onChange = () => {
      if (!isHidden()) resolve();
    };
    document.addEventListener('visibilitychange', onChange);
    stop = () => document.removeEventListener('visibilitychange', onChange);
  });
  try {
    await abortable(shown, signal);
  } finally {
    stop();
  }
}

export function isHidden(): boolean {
  return typeof document !== 'undefined' && document.hidden;
}
