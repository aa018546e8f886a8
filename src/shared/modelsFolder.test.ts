import { describe, expect, it } from 'vitest';
import { modelsFolder } from './modelsFolder.js';

describe('modelsFolder', () => {
  it.each([
    ['https://host/models/', 'https://host/models/', 'https://host/models/mesh/weights.bin'],
    ['https://host/models/?sig=a/b?c&d=%2F', 'https://host/models/', 'https://host/models/mesh/weights.bin?sig=a/b?c&d=%2F'],
    ['https://host/?', 'https://host/', 'https://host/mesh/weights.bin?'],
    ['file:///app/models/', 'file:///app/models/', 'file:///app/models/mesh/weights.bin'],
  ])('%s', (modelsUrl, name, file) => {
    const folder = modelsFolder(modelsUrl);
    expect(folder.name).toBe(name);
    expect(folder.fileAt('mesh/weights.bin')).toBe(file);
  });
});
