// npx visavis evaluate --help
import { join, resolve, sep } from 'node:path';
import {
  describeCalibration,
  discardChart,
  evaluate,
  htmlReport,
  standaloneChart,
  textSummary,
  toCalibration,
  toCsv,
  toJson,
} from 'visavis/evaluation';
import { faultOfCurves, isFlat } from '../../src/shared/Calibration.js';
import { packageRoot } from '../packageRoot.js';
import { replaceFile } from '../replaceFile.mjs';
import { readingUsage, UsageError } from '../UsageError.js';
import { checkPaths } from './checkPaths.mjs';
import { commandLine } from './commandLine.mjs';
import { embedPictures } from './embedPictures.mjs';
import { makeThumbnails } from './makeThumbnails.mjs';
import { manifestPath, modelFiles, readNormalized } from './modelFiles.mjs';
import { cacheName } from './openCache.mjs';
import { parseOptions } from './parseOptions.mjs';
import { progressLine } from './progressLine.mjs';
import { describeProtected, protectedRates } from './protectedRates.mjs';
import { readCfp } from './readCfp.mjs';
import { readLabels } from './readLabels.mjs';
import { readPairs } from './readPairs.mjs';
import { readPeople } from './readPeople.mjs';
import { USAGE } from './usage.mjs';
import { writeIntoManifest } from './writeIntoManifest.mjs';

/** @typedef {import('./parseOptions.mjs').Options} Options */
/** @typedef {import('visavis/evaluation').Evaluation} Evaluation */

/** Below the current folder. */
const CACHE = '.cache/evaluate';
/** Raise this whenever measures of quality or the gate's limits change: cached results contain both. */
const MEASURES = 'measures 5';
/** Printed before each stage. @type {Record<import('visavis/evaluation').EvaluationStage, (pictures: number) => string>} */
const STAGES = {
  pairs: (pictures) => `Measuring all pairs of ${pictures.toLocaleString('en')} pictures …`,
  fused: () => 'Measuring several pictures of a person …',
  templates: () => 'Comparing ways of keeping templates …',
  clusters: () => 'Clustering …',
};

/** @param {string[]} args */
export async function run(args) {
  const options = readingUsage(() => parseOptions(args));
  if (options === 'help') return void console.log(USAGE);
  const { dataset, model, cluster } = options;
  if (options.writeOperatingPoints !== undefined && options.models === undefined && packageRoot().split(sep).includes('node_modules')) {
    throw new UsageError(
      '--write-operating-points needs --models DIR: the models of the installed package are pinned, and stay as they are',
    );
  }
  await checkPaths(options);
  const models = resolve(options.models ?? join(packageRoot(), 'public/models'));
  const weights = await modelFiles(models, model);
  const source = await readSource(options);
  const labeled = options.labels === undefined ? null : await readLabels(source.pictures, options.labels);
  const pictures = labeled?.pictures ?? source.pictures;
  const notes = [...source.notes, ...(labeled?.notes ?? [])];

  const calibrating = options.operatingPoints !== undefined || options.writeOperatingPoints !== undefined;
  const published = options.html !== undefined || options.json !== undefined || options.discardChart !== undefined;
  const allPairs = !source.protocol || published || calibrating || options.csv !== undefined || labeled !== null || options.templates;
  // Which people the pairs are made of must be known before minutes of embedding, not after.
  if (source.fault !== null && (allPairs || cluster)) throw new Error(source.fault);

  const embedded = await embed(options, source.images, models, weights, pictures);
  if (!embedded) return;
  const { info, results, known, seconds } = embedded;
  const found = new Map(results.map((result) => [result.file, result]));
  const samples = pictures.flatMap((picture) => {
    const result = found.get(picture.file);
    return result ? [{ ...picture, ...result }] : [];
  });

  // The page's own cannot leave it; without operating points of normalized distances the page has none, and they are to be measured here.
  const normalized = await readNormalized(models, model);
  const evaluation = evaluate(samples, {
    dataset,
    info: { ...info, normalized },
    protocol: source.protocol,
    pairs: allPairs,
    fused: published || calibrating || options.csv !== undefined,
    templates: options.templates,
    ...(calibrating && { allFrames: normalized !== null, extrapolateTo: 1e-6 }),
    cluster,
    notes,
    command: commandLine(args),
    fromCache: known,
    seconds,
    onStage: (stage) => console.log(STAGES[stage](samples.length)),
  });
  console.log(`\n${textSummary(evaluation, countPictures(results))}`);
  nameUnreadable(results);
  if (options.protected && source.protocol) {
    const vectors = new Map(results.map(({ file, embedding }) => [file, embedding]));
    const rates = await protectedRates(source.protocol, vectors, await import('visavis'), info);
    console.log(`\n${describeProtected(rates)}`);
  }
  await publish(options, evaluation, source.images);
  if (calibrating) await calibrate(options, models, info, evaluation);
}

/** @param {Options} options */
function readSource({ source, dataset }) {
  if (source.kind === 'people') return readPeople(source.folder, dataset);
  if (source.kind === 'cfp') return readCfp(source.folder, source.protocol, dataset);
  return readPairs(source.folder, source.pairs, dataset);
}

/**
 * @param {Options} options
 * @param {string} images
 * @param {string} models
 * @param {string[]} weights
 * @param {readonly { file: string }[]} pictures
 */
async function embed({ backend, arithmetic, model, cache, fresh }, images, models, weights, pictures) {
  const stop = new AbortController();
  const onInterrupt = () => {
    // The first Ctrl-C waits for the pictures in progress; the second does not.
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
    console.log('\nStopping …');
  };
  process.on('SIGINT', onInterrupt);
  /** @type {import('./progressLine.mjs').ProgressLine | null} */
  let line = null;
  try {
    const embedded = await embedPictures({
      images,
      files: pictures.map(({ file }) => file),
      backend,
      arithmetic,
      models,
      model,
      fresh,
      signal: stop.signal,
      cacheAt: ({ pipelineVersion, build, arithmetic }) =>
        cache ? join(CACHE, cacheName(weights, pipelineVersion, `${build}, ${arithmetic}`, resolve(images), MEASURES)) : null,
      onStart: (total, known) => {
        if (known > 0)
          console.log(
            `${known.toLocaleString('en')} of ${total.toLocaleString('en')} pictures were embedded by an earlier run (${CACHE}/)`,
          );
        return (line = progressLine(total, known));
      },
    }).finally(() => line?.end());
    if (!embedded.stopped) return embedded;
    const kept = embedded.kept.toLocaleString('en');
    console.log(
      cache
        ? `Stopped. ${kept} of ${pictures.length.toLocaleString('en')} pictures are kept in ${CACHE}/; the same command resumes from there.`
        : 'Stopped. Nothing was kept (--no-cache).',
    );
    process.exitCode = 130;
    return null;
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

/** @param {readonly import('./embedPictures.mjs').Embedded[]} results */
function countPictures(results) {
  /** @type {Record<string, number>} */
  const reasons = {};
  for (const reason of results.flatMap((result) => result.reasons)) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const faceless = results.filter(({ error }) => error === 'no-face').length;
  const unreadable = results.filter(({ embedding }) => !embedding).length - faceless;
  return { faceless, unreadable, refused: results.filter((result) => result.reasons.length > 0).length, reasons };
}

/**
 * Lists pictures that could not be read, which are rare and worth a look; those without a face are only counted.
 * @param {readonly import('./embedPictures.mjs').Embedded[]} results
 */
function nameUnreadable(results) {
  const unreadable = results.filter(({ embedding, error }) => !embedding && error !== 'no-face');
  for (const { file, error } of unreadable.slice(0, 10)) console.log(`Note: ${file}: ${error}`);
  if (unreadable.length > 10) console.log(`Note: ${unreadable.length - 10} more pictures cannot be read; --json and --html name them`);
}

/** @param {Options} options @param {Evaluation} evaluation @param {string} images */
async function publish({ html, json, csv, discardChart: chart, pictures }, evaluation, images) {
  if (json !== undefined) await replaceFile(json, toJson(evaluation));
  if (csv !== undefined) await replaceFile(csv, toCsv(evaluation));
  if (chart !== undefined) {
    const curves = evaluation.discards.filter(({ measure }) => measure === 'score');
    await replaceFile(chart, standaloneChart(discardChart(curves, { width: 620, height: 320 })));
  }
  if (html === undefined) return;
  const { falseMatches = [], falseNonMatches = [] } = evaluation.report?.worst ?? {};
  const files = new Set([...falseMatches, ...falseNonMatches].flatMap(({ a, b }) => [a, b]));
  const thumbnails = pictures ? await makeThumbnails(images, [...files]) : new Map();
  await replaceFile(html, htmlReport(evaluation, { thumbnails }));
  console.log(`\n${html}${thumbnails.size > 0 ? ' contains pictures of people: handle it accordingly.' : ' written.'}`);
}

/**
 * @param {Options} options
 * @param {string} models
 * @param {import('./embedPictures.mjs').VerifierInfo} info
 * @param {Evaluation} evaluation
 */
async function calibrate({ dataset, operatingPoints, writeOperatingPoints, model }, models, info, { report, fused, plain, cohort }) {
  if (!report) return;
  if (report.operatingPoints.length === 0) throw new Error(`No operating points were written. ${report.notes.join(' ')}`);
  const calibration =
    plain && cohort
      ? toCalibration(info, dataset, plain.report, plain.fused, { cohort, report, fused })
      : toCalibration(info, dataset, report, fused);
  // No manifest takes a flat curve.
  const flat = [calibration, ...(calibration.normalized ? [calibration.normalized] : [])].some((curve) => isFlat(curve.operatingPoints));
  const fault = faultOfCurves(calibration) || (flat ? 'all operating points have the same threshold' : '');
  if (fault !== '') {
    throw new Error(
      `No operating points were written, since no verifier would take them: ${fault}. Either these embeddings hardly differ from face to face, since normalization, order of channels or crop is not what the weights were trained with, or there are too few people.`,
    );
  }
  if (operatingPoints !== undefined) {
    await replaceFile(operatingPoints, toJson(calibration));
    console.log(`\n${describeCalibration(calibration, operatingPoints)}`);
  }
  if (writeOperatingPoints !== undefined) {
    const path = manifestPath(models, model);
    const integrity = await writeIntoManifest(path, calibration);
    console.log(`\n${describeCalibration(calibration, path)}`);
    console.log(`Its hash is another one now (in the repository of visavis: npm run pin).
createFaceVerifier({ model: '${model}', integrity: { '${model}': '${integrity}' } })`);
  }
}
