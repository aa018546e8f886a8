import type { PortableEntry } from './portableFile.js';

/** What is kept about people, in the clear and readable by people and programs (GDPR articles 15 and 20). */
export function readableExport(entries: readonly PortableEntry[], lock: string): string {
  const about =
    'Everything that this vault keeps: for each enrolled face the numbers that stand for it, and when and with which model they were made. No picture is kept. ' +
    'These numbers are biometric data in the clear: whoever has them can recognize the face. Delete this file when you do not need it.';
  const templates = entries.map(({ id, template }) => {
    const { embedding, protection, ...rest } = template;
    const note = protection && { ...protection, note: 'turned by a key that stays in the vault: of no use without it' };
    return { id, ...rest, ...(note && { protection: note }), embedding: Array.from(embedding) };
  });
  return JSON.stringify({ format: 'visavis-personal-data', formatVersion: 1, about, origin: location.origin, lock, templates }, null, 2);
}
