import { attributesOf } from './attributesOf.js';
import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';

/** The product of two matrices, [rows, inner] × [inner, columns]; `transpose_a` and `transpose_b` say which is stored transposed. */
export function multiplyMatrices(node: GraphNode, a: Tensor, b: Tensor): Tensor {
  const { flag } = attributesOf(node);
  const [turnA, turnB] = [flag('transpose_a') ?? false, flag('transpose_b') ?? false];
  const [rowsA, columnsA] = a.shape as [number, number];
  const [rowsB, columnsB] = b.shape as [number, number];
  const [rows, inner] = turnA ? [columnsA, rowsA] : [rowsA, columnsA];
  const [depth, columns] = turnB ? [columnsB, rowsB] : [rowsB, columnsB];
  if (a.shape.length !== 2 || b.shape.length !== 2 || inner !== depth) {
    throw corrupt(`${node.op} "${node.name}" multiplies [${a.shape.join()}] by [${b.shape.join()}]`);
  }
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        const left = a.values[turnA ? k * columnsA + row : row * columnsA + k]!;
        sum += left * b.values[turnB ? column * columnsB + k : k * columnsB + column]!;
      }
      values[row * columns + column] = sum;
    }
  }
  return { shape: [rows, columns], values };
}
