import { markdownTable } from './markdownTable.mjs';

/**
 * @typedef {import('./countOperations.mjs').Layer} Layer
 * @typedef {{ fmr: number, threshold: number, fnmr: number, fnmrInterval: number[] }} Point
 * @typedef {{ id: string, version: string, embedder: { cohort?: { operatingPoints: Point[] }, operatingPoints: Point[], measurement: { dataset: string } | null } }} Manifest
 * @typedef {{ name: string, threads: number, median: number }} Time milliseconds of one embedding on a runtime
 * @typedef {{ manifest: Manifest, layers: Layer[], bytes: number, brotli: number, times: readonly Time[] }} Described
 *   `bytes`, `brotli`: size of its files, as stored and as sent
 */

/** The runtimes whose times are shown. */
const RUNTIMES = [
  { what: 'milliseconds, one thread', name: 'visavis', threads: 1 },
  { what: 'milliseconds, two threads', name: 'visavis', threads: 2 },
  { what: 'milliseconds, one thread, TensorFlow.js', name: 'TensorFlow.js', threads: 1 },
];
/** The false match rates at which errors are shown. */
const RATES = [1e-2, 1e-3, 1e-4];

/**
 * A comparison of embedders, as two Markdown tables: cost and accuracy, then their arithmetic by kind of layer.
 * @param {readonly Described[]} models
 */
export function describeModels(models) {
  const heading = models.map(({ manifest }) => `\`${manifest.id}\` ${manifest.version}`);
  const total = (/** @type {Described} */ { layers }, /** @type {'parameters' | 'products'} */ key) =>
    layers.reduce((sum, layer) => sum + layer[key], 0);
  const row = (/** @type {string} */ what, /** @type {(model: Described) => string} */ cell) => [what, ...models.map(cell)];
  const whole = [
    ['', ...heading],
    row('parameters', (model) => `${(total(model, 'parameters') / 1e6).toFixed(2)} M`),
    row('multiply-adds an embedding', (model) => `${(total(model, 'products') / 1e6).toFixed(1)} M`),
    row('bytes', ({ bytes }) => `${(bytes / 1e6).toFixed(1)} MB`),
    row('over the wire (Brotli)', ({ brotli }) => `${(brotli / 1e6).toFixed(1)} MB`),
    ...RUNTIMES.map(({ what, name, threads }) =>
      row(what, ({ times }) => times.find((time) => time.name === name && time.threads === threads)?.median.toFixed(1) ?? '–'),
    ),
    ...RATES.map((fmr) => row(`refused at 1 false match in ${(1 / fmr).toLocaleString('en')}`, ({ manifest }) => refused(manifest, fmr))),
    row('measured on', ({ manifest }) => manifest.embedder.measurement?.dataset ?? 'not measured'),
  ];
  const kinds = [...new Set(models.flatMap(({ layers }) => layers.map(({ kind }) => kind)))];
  const cells = (/** @type {Described} */ { layers }, /** @type {string} */ kind) => {
    const own = layers.filter((layer) => layer.kind === kind);
    const sum = (/** @type {'parameters' | 'products'} */ key) => own.reduce((all, layer) => all + layer[key], 0);
    return own.length === 0
      ? ['–', '–', '–']
      : [String(own.length), sum('parameters').toLocaleString('en'), (sum('products') / 1e6).toFixed(1)];
  };
  const columns = models.flatMap(({ manifest: { id } }) => [`\`${id}\`: layers`, 'parameters', 'million multiply-adds']);
  const byKind = [['layer', ...columns], ...kinds.map((kind) => [kind, ...models.flatMap((model) => cells(model, kind))])];
  return `${markdownTable(whole)}\n\n${markdownTable(byKind)}`;
}

/** @param {Manifest} manifest @param {number} fmr */
function refused({ embedder }, fmr) {
  // What decisions are made by.
  const { operatingPoints } = embedder.cohort?.operatingPoints.length ? embedder.cohort : embedder;
  const point = operatingPoints.find((each) => Math.abs(each.fmr / fmr - 1) < 1e-6);
  if (!point) return '–';
  const percent = (/** @type {number} */ share) => (100 * share).toFixed(1);
  const [low, high] = point.fnmrInterval.map(percent);
  return `${percent(point.fnmr)} % (95 %: ${low} … ${high})`;
}
