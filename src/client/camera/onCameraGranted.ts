/**
 * Calls back once this page is known to have the permission for the camera, at once or when the person gives it; never in browsers that do
 * not tell. Returns a function that calls it off.
 */
export function onCameraGranted(callback: () => void): () => void {
  let status: PermissionStatus | undefined;
  const cancel = () => status?.removeEventListener('change', check);
  let over = false;
  const check = () => {
    if (over || status?.state !== 'granted') return;
    over = true;
    cancel();
    callback();
  };
  void watch();
  return () => {
    over = true;
    cancel();
  };

  async function watch(): Promise<void> {
    try {
      status = await navigator.permissions.query({ name: 'camera' });
      if (!over) status.addEventListener('change', check);
      check();
    } catch {
      // This browser does not know the permission by that name.
    }
  }
}
