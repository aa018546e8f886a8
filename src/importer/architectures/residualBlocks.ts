import type { LayerWriter } from './LayerWriter.js';

/** A convolution with its batch norm and ReLU: its name within the block, its window, its width. */
export type BranchLayer = readonly [name: string, size: readonly [number, number], width: number];

export interface ResidualBlock {
  /** Each begins at the block's input; their results lie side by side. */
  readonly branches: readonly (readonly BranchLayer[])[];
  /** Of the block's input, which the branches are brought to. */
  readonly width: number;
  readonly factor: number;
  /** Whether a ReLU follows. */
  readonly relu: boolean;
}

/** x + factor · (the branches, side by side, as wide as x), as Inception-ResNets have it. */
export function residualBlock(net: LayerWriter, name: string, x: string, { branches, width, factor, relu }: ResidualBlock): string {
  const ends = branches.map((layers) =>
    layers.reduce((from, [layer, size, outputs]) => {
      return net.conv(`${name}/${layer}`, from, { size, width: outputs, then: 'norm', activation: 'relu' });
    }, x),
  );
  const up = net.conv(`${name}/Conv2d_1x1`, net.concat(`${name}/Concatenate`, ends), { size: [1, 1], width, then: 'bias' });
  const sum = net.residual(`${name}/Sum`, x, up, factor);
  return relu ? net.relu(`${name}/Activation`, sum) : sum;
}

/** As many blocks as there are, one after another: `Block35_1`, `Block35_2` … @param usual how many the published network has */
export function residualBlocks(net: LayerWriter, kind: string, usual: number, start: string, block: ResidualBlock): string {
  const first = block.branches[0]![0]![0];
  let x = start;
  for (let n = 1; net.has(`${kind}_${n}/${first}`, n <= usual); n++) x = residualBlock(net, `${kind}_${n}`, x, block);
  return x;
}
