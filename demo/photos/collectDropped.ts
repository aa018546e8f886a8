import type { Photo } from './AlbumState.js';

/** All files that were dropped, also those in folders and their folders. Call it in the drop event: the browser forgets them later. */
export async function collectDropped(data: DataTransfer): Promise<Photo[]> {
  const items = [...data.items].filter(({ kind }) => kind === 'file');
  const found = items.map((item) => {
    const entry = item.webkitGetAsEntry();
    if (entry) return walk(entry);
    const file = item.getAsFile();
    return Promise.resolve(file ? [{ file, path: file.name }] : []);
  });
  return (await Promise.all(found)).flat();
}

async function walk(entry: FileSystemEntry): Promise<Photo[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject)).catch(() => null);
    return file ? [{ file, path: entry.fullPath.replace(/^\//, '') }] : [];
  }
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const found: Photo[] = [];
  // A reader hands out entries in portions, and an empty one at the end.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => []);
    if (portion.length === 0) return found;
    for (const child of portion) found.push(...(await walk(child)));
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
