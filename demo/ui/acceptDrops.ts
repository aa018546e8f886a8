/** Takes files that are dropped anywhere on the page; `place` shows that they are welcome. */
export function acceptDrops(place: Element, welcome: () => boolean, take: (data: DataTransfer) => void): void {
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    // Also where they are not welcome: else the browser would leave the page for the file.
    event.preventDefault();
    place.classList.toggle('dragging', welcome());
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) place.classList.remove('dragging');
  });
  document.addEventListener('drop', (event) => {
    place.classList.remove('dragging');
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (welcome()) take(event.dataTransfer!);
  });
}
