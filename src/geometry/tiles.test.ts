import { describe, expect, it } from 'vitest';
import { apply } from './Similarity.js';
import { belongsToTile, belongsToTiles, tilesOf, tileView } from './tiles.js';

describe('tilesOf', () => {
  it.each([
    [1000, 1000, 16],
    [1600, 1200, 12],
    [1200, 1600, 12],
    [1600, 900, 8],
    [1600, 400, 4],
    [1, 1, 16],
  ])('covers a picture of %i × %i pixels with %i tiles', (width, height, count) => {
    const tiles = tilesOf(width, height);
    expect(tiles).toHaveLength(count);
    const longest = Math.max(width, height);
    for (const tile of tiles) expect(tile.width).toBeCloseTo(longest / 3, 9);
    expect(Math.min(...tiles.map(({ x }) => x))).toBeLessThanOrEqual(0);
    expect(Math.max(...tiles.map((tile) => tile.y + tile.height))).toBeGreaterThanOrEqual(height - 1e-9);
  });

  it('has every small face whole in one of its tiles', () => {
    const picture = { width: 1600, height: 1200 };
    const tiles = tilesOf(picture.width, picture.height);
    for (let x = 0; x <= 1480; x += 37) {
      for (let y = 0; y <= 1080; y += 36) {
        const box = { x, y, width: 120, height: 120 };
        expect(tiles.some((tile) => belongsToTile(box, tile, picture))).toBe(true);
      }
    }
  });
});

describe('belongsToTile', () => {
  const picture = { width: 1000, height: 1000 };
  const tile = { x: 300, y: 0, width: 400, height: 400 };
  const at = (x: number, y: number, side: number) => belongsToTile({ x, y, width: side, height: side }, tile, picture);

  it('leaves large faces to the whole picture, and cut ones to the next tile', () => {
    expect(at(400, 100, 80)).toBe(true);
    expect(at(400, 100, 120)).toBe(false);
    expect(at(280, 100, 80)).toBe(false);
    expect(at(640, 100, 80)).toBe(false);
    expect(at(400, 350, 80)).toBe(false);
  });

  it('takes a face that the picture itself cuts off', () => {
    expect(at(400, -20, 80)).toBe(true);
  });
});

describe('belongsToTiles', () => {
  it('says of every size of face who finds it', () => {
    const picture = { width: 1600, height: 900 };
    const tile = { x: 0, y: 0, width: 533, height: 533 };
    for (let side = 10; side < 400; side += 5) {
      const box = { x: 50, y: 50, width: side, height: side };
      expect(belongsToTile(box, tile, picture) || !belongsToTiles(box, picture)).toBe(true);
    }
    expect(belongsToTiles({ x: 0, y: 0, width: 60, height: 50 }, picture)).toBe(true);
  });
});

describe('tileView', () => {
  it('maps a tile onto the square', () => {
    const view = tileView({ x: 300, y: 100, width: 400, height: 400 }, 256);
    expect(apply(view, { x: 300, y: 100 })).toEqual({ x: 0, y: 0 });
    expect(apply(view, { x: 700, y: 500 })).toEqual({ x: 256, y: 256 });
  });
});
