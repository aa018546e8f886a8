const PATIENCE_MS = 2000;

/**
 * Does once what TensorFlow.js' threads do: a worker made from a blob imports a script made from a blob. A Content Security Policy may forbid
 * either, and then the threads would die while the backend starts.
 */
export async function canRunThreads(): Promise<boolean> {
  const script = blobUrl('postMessage(0)');
  const main = blobUrl(`importScripts(${JSON.stringify(script)})`);
  let worker: Worker | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<boolean>((resolve) => {
      worker = new Worker(main);
      worker.onmessage = () => resolve(true);
      worker.onerror = (event) => {
        event.preventDefault();
        resolve(false);
      };
      timer = setTimeout(() => resolve(false), PATIENCE_MS);
    });
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    worker?.terminate();
    URL.revokeObjectURL(main);
    URL.revokeObjectURL(script);
  }
}

function blobUrl(code: string): string {
  return URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
}
