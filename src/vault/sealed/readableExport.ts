import type { PortableEntry } from './portableFile.js';

/**
 * What is kept about people, unencrypted, for people and programs to read (GDPR articles 15 and 20).
 * @param unreadable the ids of templates whose records can't be read
 */
export function readableExport(entries: readonly PortableEntry[], unreadable: readonly string[], lock: string): string {
  const about =
    'Everything that this vault keeps: for each enrolled face, the numbers that describe it, and when and with which model they were made. No picture is kept. ' +
    'These numbers are unencrypted biometric data: anyone who has them can recognize the face. Delete this file when you no longer need it.';
  const templates = entries.map(({ id, template }) => {
    const { embedding, protection, ...rest } = template;
    const note = protection && { ...protection, note: 'rotated by a key that stays in the vault; useless without it' };
    return { id, ...rest, ...(note && { protection: note }), embedding: Array.from(embedding) };
  });
  const origin = { format: 'visavis-personal-data', formatVersion: 1, about, origin: location.origin, lock };
  return JSON.stringify({ ...origin, templates, unreadable }, null, 2);
}
