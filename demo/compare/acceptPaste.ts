import type { PhotoSlot } from './PhotoSlot.js';

/** Puts a pasted picture into the slot that has the focus, otherwise into the first empty one. */
export function acceptPaste(slots: readonly PhotoSlot[], active: () => boolean): void {
  document.addEventListener('paste', (event) => {
    if (!active()) return;
    const file = [...(event.clipboardData?.files ?? [])].find((one) => one.type.startsWith('image/'));
    const slot = slots.find(({ box }) => box.contains(document.activeElement)) ?? slots.find(({ empty }) => empty);
    if (!file || !slot) return;
    event.preventDefault();
    void slot.take(file);
  });
}
