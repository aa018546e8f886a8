import { basename, dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const SOURCES = 'expected one of --people DIR, --images DIR with --pairs FILE, --cfp DIR; --help explains';
/** Folder names that say nothing about the contents. */
const PLAIN_NAMES = ['images', 'pictures', 'data'];

/**
 * @typedef {object} Options
 * @property {{ kind: 'people', folder: string } | { kind: 'pairs', folder: string, pairs: string } | { kind: 'cfp', folder: string,
 *   protocol: 'FP' | 'FF' }} source
 * @property {string} dataset
 * @property {string | undefined} labels
 * @property {string} backend
 * @property {string} arithmetic
 * @property {string} model
 * @property {string | undefined} models
 * @property {string | undefined} html
 * @property {boolean} pictures
 * @property {string | undefined} json
 * @property {string | undefined} csv
 * @property {string | undefined} discardChart
 * @property {{ minPictures: number, fmr: number } | null} cluster
 * @property {string | undefined} operatingPoints
 * @property {string | undefined} writeOperatingPoints
 * @property {boolean} protected
 * @property {boolean} templates
 * @property {boolean} fresh
 * @property {boolean} cache
 */

/**
 * The command line. Throws an Error that says what is wrong with it.
 * @param {string[]} args
 * @returns {Options | 'help'}
 */
export function parseOptions(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  const { values } = parseArgs({
    args,
    options: {
      people: text,
      images: text,
      pairs: text,
      cfp: text,
      protocol: text,
      labels: text,
      dataset: text,
      backend: { type: 'string', default: 'wasm' },
      arithmetic: { type: 'string', default: 'auto' },
      model: { type: 'string', default: 'mobilenet-160' },
      models: text,
      html: text,
      'no-pictures': flag,
      json: text,
      csv: text,
      'discard-chart': text,
      cluster: text,
      'cluster-fmr': text,
      'operating-points': text,
      'write-operating-points': text,
      protected: flag,
      templates: flag,
      fresh: flag,
      'no-cache': flag,
      help: flag,
    },
  });
  if (values.help) return 'help';
  if (!['auto', 'wasm', 'webgl'].includes(values.backend))
    throw new Error(`--backend: expected auto, wasm or webgl, got ${values.backend}`);
  if (!['auto', 'int8', 'int16', 'float32'].includes(values.arithmetic))
    throw new Error(`--arithmetic: expected auto, int8, int16 or float32, got ${values.arithmetic}`);
  if (values['write-operating-points'] === '') throw new Error('--write-operating-points: expected a name for the data set');
  const source = sourceOf(values);
  if (values.protected && source.kind === 'people') throw new Error('--protected needs a list of pairs: --images with --pairs, or --cfp');
  return {
    source,
    dataset: values['write-operating-points'] ?? values.dataset ?? nameOf(source.folder),
    labels: values.labels,
    backend: values.backend,
    arithmetic: values.arithmetic,
    model: values.model,
    models: values.models,
    html: values.html,
    pictures: !values['no-pictures'],
    json: values.json,
    csv: values.csv,
    discardChart: values['discard-chart'],
    cluster: clusterOf(values.cluster, values['cluster-fmr']),
    operatingPoints: values['operating-points'],
    writeOperatingPoints: values['write-operating-points'],
    protected: values.protected,
    templates: values.templates,
    fresh: values.fresh,
    cache: !values['no-cache'],
  };
}

/** @param {{ people?: string, images?: string, pairs?: string, cfp?: string, protocol?: string }} values @returns {Options['source']} */
function sourceOf({ people, images, pairs, cfp, protocol }) {
  const given = [people, images ?? pairs, cfp].filter((value) => value !== undefined).length;
  if (given === 0) throw new Error(`There is nothing to evaluate: ${SOURCES}`);
  if (given > 1) throw new Error(`There is more than one source: ${SOURCES}`);
  if (protocol !== undefined && cfp === undefined) throw new Error('--protocol belongs to --cfp');
  if (people !== undefined) return { kind: 'people', folder: people };
  if (cfp !== undefined) {
    const wanted = (protocol ?? 'FP').toUpperCase();
    if (wanted !== 'FP' && wanted !== 'FF') throw new Error(`--protocol: expected FP or FF, got ${protocol ?? ''}`);
    return { kind: 'cfp', folder: cfp, protocol: wanted };
  }
  if (images === undefined || pairs === undefined) throw new Error('--images and --pairs need each other: give both');
  return { kind: 'pairs', folder: images, pairs };
}

/** @param {string | undefined} cluster @param {string | undefined} rate */
function clusterOf(cluster, rate) {
  if (cluster === undefined) {
    if (rate !== undefined) throw new Error('--cluster-fmr belongs to --cluster');
    return null;
  }
  const minPictures = Number(cluster);
  const fmr = Number(rate ?? 1e-3);
  if (!(Number.isInteger(minPictures) && minPictures >= 1))
    throw new Error(`--cluster: expected a number of pictures, 1 or more, got ${cluster}`);
  if (!(fmr > 0 && fmr < 1)) throw new Error(`--cluster-fmr: expected a false match rate between 0 and 1, got ${rate ?? ''}`);
  return { minPictures, fmr };
}

/** A folder's name, or its parent's name if it is called "images". @param {string} folder */
function nameOf(folder) {
  const path = resolve(folder);
  const name = basename(path);
  return (PLAIN_NAMES.includes(name.toLowerCase()) && basename(dirname(path))) || name || 'pictures';
}
