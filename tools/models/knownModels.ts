import inceptionManifest from '../../public/models/inception-160/manifest.json';
import inceptionPackage from '../../public/models/inception-160/package.json';
import pins from '../../src/shared/manifestPins.json';

/** A model that is a package of its own. */
export interface AddableModel {
  readonly id: string;
  /** Name and version, as npm takes them. */
  readonly spec: string;
  readonly license: string;
  readonly bytes: number;
}

/** The models that `visavis models add` takes by name, each at the version that this version of visavis knows. */
export const ADDABLE_MODELS: readonly AddableModel[] = [{ manifest: inceptionManifest, from: inceptionPackage }].map(
  ({ manifest, from }) => ({
    id: manifest.id,
    spec: `${from.name}@${from.version}`,
    license: manifest.license,
    bytes: bytesOf(manifest),
  }),
);

/** The hash that the manifest of a model of ours has; undefined for other people's models. */
export function pinOf(id: string): string | undefined {
  return Object.hasOwn(pins, id) ? (pins as Record<string, string>)[id] : undefined;
}

/** Bytes of all files that a manifest lists. */
export function bytesOf({ files }: { readonly files: readonly { readonly bytes: number }[] }): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
