/** Accepts files dropped anywhere on the page; `place` shows that it does. */
export function acceptDrops(place: Element, welcome: () => boolean, take: (data: DataTransfer) => void): void {
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  document.addEventListener('dragover', (event) => {
    if (!carriesFiles(event)) return;
    // Even if they aren't accepted: otherwise the browser would navigate to the file.
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
