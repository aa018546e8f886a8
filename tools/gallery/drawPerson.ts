/** Nobody: head, hair and shoulders before a window, as the address of a picture of 640 × 480. */
export function drawPerson(): string {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
  const pen = canvas.getContext('2d')!;
  const fill = (color: string, ...shape: [x: number, y: number, rx: number, ry: number]) => {
    pen.fillStyle = color;
    pen.beginPath();
    pen.ellipse(...shape, 0, 0, 2 * Math.PI);
    pen.fill();
  };
  const wall = pen.createLinearGradient(0, 0, 640, 0);
  for (const [at, color] of [
    [0, '#f4f1e8'],
    [0.4, '#d9d6cc'],
    [1, '#8f8f8a'],
  ] as const)
    wall.addColorStop(at, color);
  pen.fillStyle = wall;
  pen.fillRect(0, 0, 640, 480);
  fill('#3d5a80', 320, 500, 210, 130);
  fill('#c99c80', 320, 370, 46, 60);
  fill('#4a3528', 320, 205, 122, 150);
  fill('#d8ab8e', 320, 240, 96, 128);
  for (const x of [284, 356]) fill('#2b211c', x, 226, 10, 6);
  fill('#c08a70', 320, 262, 9, 16);
  fill('#a65a52', 320, 306, 28, 8);
  return canvas.toDataURL();
}
