import type { Architecture } from './Architecture.js';
import type { LayerWriter } from './LayerWriter.js';

/** Widths of a module; a branch whose width is 0 is not there, and without `pool` the pooled input goes on as it is. */
interface Module {
  readonly name: string;
  readonly one: number;
  readonly three: readonly [reduce: number, width: number];
  readonly five: readonly [reduce: number, width: number];
  readonly pool: number;
  readonly stride: number;
}

const module = (name: string, one: number, three: Module['three'], five: Module['five'], pool: number, stride = 1): Module => ({
  name,
  one,
  three,
  five,
  pool,
  stride,
});

/** Table 2 of the FaceNet paper. */
const MODULES: readonly Module[] = [
  module('3a', 64, [96, 128], [16, 32], 32),
  module('3b', 64, [96, 128], [32, 64], 64),
  module('3c', 0, [128, 256], [32, 64], 0, 2),
  module('4a', 256, [96, 192], [32, 64], 128),
  module('4b', 224, [112, 224], [32, 64], 128),
  module('4c', 192, [128, 256], [32, 64], 128),
  module('4d', 160, [144, 288], [32, 64], 128),
  module('4e', 0, [160, 256], [64, 128], 0, 2),
  module('5a', 384, [192, 384], [48, 128], 128),
  module('5b', 384, [192, 384], [48, 128], 128),
];

/** NN4 leaves the 5×5 convolutions of the higher layers out; the paper does not say which those are. With 4e to 5b, its 285 M multiply-adds come out. */
const SMALL_MODULES = MODULES.map((each) => (['4e', '5a', '5b'].includes(each.name) ? { ...each, five: [0, 0] as const } : each));

const UNIT = { then: 'norm', activation: 'relu' } as const;

/**
 * The Inception networks of the FaceNet paper (Schroff et al. 2015, table 2) with an embedding of 128 values: batch norms where it has
 * local response normalization, and the maximum for every pooling, as this project's `inception-160` has them. Layers go by `1`, `2/reduce`,
 * `2`, then for each module `3a/1`, `3a/3/reduce`, `3a/3`, `3a/5/reduce`, `3a/5`, `3a/pool`, and `Bottleneck`.
 */
function inception(id: string, name: string, inputSize: number, modules: readonly Module[]): Architecture {
  return {
    id,
    name,
    inputSize,
    write(net, picture) {
      let x = net.conv('1', picture, { ...UNIT, size: [7, 7], width: 64, stride: 2 });
      x = net.maxPool('1/pool', x, 3, 2, 'SAME');
      x = net.conv('2/reduce', x, { ...UNIT, size: [1, 1], width: 64 });
      x = net.conv('2', x, { ...UNIT, size: [3, 3], width: 192 });
      x = net.maxPool('2/pool', x, 3, 2, 'SAME');
      for (const each of modules) x = writeModule(net, each, x);
      return net.dense('Bottleneck', net.globalAverage('pool', x), { width: 128, then: 'norm' });
    },
  };
}

function writeModule(net: LayerWriter, { name, one, three, five, pool, stride }: Module, x: string): string {
  const narrow = (layer: string, width: number, from = x) => net.conv(`${name}/${layer}`, from, { ...UNIT, size: [1, 1], width });
  const branches: string[] = [];
  if (net.has(`${name}/1`, one > 0)) branches.push(narrow('1', one));
  for (const [side, [reduce, width]] of [
    [3, three],
    [5, five],
  ] as const) {
    if (!net.has(`${name}/${side}`, width > 0)) continue;
    const reduced = narrow(`${side}/reduce`, reduce);
    branches.push(net.conv(`${name}/${side}`, reduced, { ...UNIT, size: [side, side], width, stride }));
  }
  const pooled = net.maxPool(`${name}/pooled`, x, 3, stride, 'SAME');
  branches.push(net.has(`${name}/pool`, pool > 0) ? narrow('pool', pool, pooled) : pooled);
  return net.concat(`${name}/output`, branches);
}

export const inceptionNN2 = inception('inception-nn2', 'FaceNet NN2 (Inception, 224 pixels)', 224, MODULES);
/** This project's `inception-160`. */
export const inceptionNN3 = inception('inception-nn3', 'FaceNet NN3 (Inception, 160 pixels)', 160, MODULES);
export const inceptionNN4 = inception('inception-nn4', 'FaceNet NN4 (Inception, 96 pixels)', 96, SMALL_MODULES);
