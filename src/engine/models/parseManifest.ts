import { faultOfFused, faultOfPoints, isFlat } from '../../shared/Calibration.js';
import { describe } from '../../shared/describe.js';
import { faultOfCohortRule } from '../../shared/faultOfCohortRule.js';
import type { Manifest, ManifestCohort } from '../../shared/Manifest.js';
import { faultOfFiles } from '../../shared/faultOfFiles.js';
import { MAX_INPUT_SIZE } from '../../shared/maxInputSize.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { MEASURED } from '../measuredCrop.js';
import { DIGEST_LENGTH } from './goldenDigest.js';

/** Outputs that are further off than this are wrong, whatever a manifest allows. */
const LAXEST = 0.02;

/** Checks a manifest's every field that the engine relies on. Throws `model-corrupt` naming the first that is wrong. */
export function parseManifest(text: string, url: string): Manifest {
  const fail = (what: string): never => {
    throw new VisavisError('model-corrupt', `${url} is not a usable model manifest: ${what}.`);
  };
  let m: Manifest;
  try {
    m = JSON.parse(text) as Manifest;
  } catch {
    return fail('it is not JSON');
  }
  const number = (value: unknown, name: string) => Number.isFinite(value) || fail(`${name} is ${describe(value)}, not a number`);
  const string = (value: unknown, name: string) =>
    (typeof value === 'string' && value !== '') || fail(`${name} is ${describe(value)}, not a text`);
  if (typeof m !== 'object' || m === null) fail('it is not an object');
  string(m.id, 'id');
  string(m.version, 'version');
  m = withLicense(m);
  string(m.license, 'license');
  if (!['detector', 'landmarks', 'embedder'].includes(m.kind)) fail(`kind is ${describe(m.kind)}`);
  const faultOfList = faultOfFiles(m.files);
  if (faultOfList) fail(faultOfList);
  for (const name of ['size', 'scale', 'offset'] as const) number(m.input?.[name], `input.${name}`);
  if (!(Number.isInteger(m.input.size) && m.input.size > 0 && m.input.size <= MAX_INPUT_SIZE)) fail(`input.size is ${m.input.size}`);
  // The golden pattern is not scaled: with 0 every picture would be the same, and nothing would tell.
  if (!(m.input.scale > 0)) fail(`input.scale is ${m.input.scale}`);
  if (m.kind === 'landmarks' && m.input.size < MEASURED.size) {
    fail(`input.size is ${m.input.size}; a mesh's is ${MEASURED.size} or more, since crops of that size are sampled in its place`);
  }
  const { perImage } = m.input;
  if (perImage !== undefined && typeof perImage !== 'boolean') fail(`input.perImage is ${describe(perImage)}`);
  if (m.crop !== undefined && m.crop !== 'aligned') {
    const { boxMargin } = m.crop ?? {};
    if (!(Number.isInteger(boxMargin) && boxMargin >= 0 && 2 * boxMargin <= m.input.size)) fail(`crop is ${describe(m.crop)}`);
  }
  if (m.kind !== 'embedder' && (perImage || m.crop !== undefined || m.embedder)) {
    fail(`a model of kind "${m.kind}" takes no crop of its own, and gives no embedding`);
  }
  if (m.kind !== 'embedder') {
    const { pattern, outputs, maxDifference } = m.golden ?? fail('it has no golden outputs');
    if (!(maxDifference > 0 && maxDifference <= LAXEST)) fail(`golden.maxDifference is ${describe(maxDifference)}`);
    if (pattern !== 'ripples-1') fail(`the golden pattern ${describe(pattern)} is unknown`);
    if (typeof outputs !== 'object' || outputs === null) fail('golden.outputs is no object');
    const wrong = Object.entries(outputs).find(
      ([, digest]) => !Array.isArray(digest) || digest.length !== DIGEST_LENGTH || !digest.every(Number.isFinite),
    );
    if (wrong) fail(`golden.outputs.${wrong[0]} is not ${DIGEST_LENGTH} numbers`);
  }
  if (m.kind === 'embedder') {
    const size = m.embedder?.embeddingSize;
    if (!(Number.isInteger(size) && size! >= 2)) fail(`embedder.embeddingSize is ${describe(size)}, not the number of its values`);
    const isGolden = (values: unknown) => Array.isArray(values) && values.length === size && values.every(Number.isFinite);
    number(m.embedder?.golden?.minCosine, 'embedder.golden.minCosine');
    if (!isGolden(m.embedder!.golden.embedding)) fail(`embedder.golden.embedding is not ${size} numbers`);
    if (m.embedder!.golden.pattern !== 'ripples-1') fail(`the golden pattern ${describe(m.embedder!.golden.pattern)} is unknown`);
    const { int8 } = m.embedder!.golden;
    if (int8 !== undefined) {
      number(int8?.minCosine, 'embedder.golden.int8.minCosine');
      if (!isGolden(int8.embedding)) fail(`embedder.golden.int8.embedding is not ${size} numbers`);
    }
    const { operatingPoints, fused = [], cohort } = m.embedder!;
    const fault = faultOfPoints(operatingPoints) || faultOfFused(fused);
    if (fault) fail(`embedder: ${fault}`);
    const faultOfCohort = cohort === undefined ? '' : faultOf(cohort, m);
    if (faultOfCohort) fail(`embedder.cohort: ${faultOfCohort}`);
    const curves = [m.embedder!, ...fused, ...(cohort ? [cohort, ...cohort.fused] : [])];
    if (curves.some((curve) => isFlat(curve.operatingPoints))) fail('embedder: all operating points of a curve have the same threshold');
  }
  return m;
}

/** What is wrong with what a manifest says of its cohort, in words; '' if nothing is. */
function faultOf(cohort: Partial<ManifestCohort> | null, { files, embedder }: Manifest): string {
  const fault = faultOfCohortRule(cohort);
  if (fault) return fault;
  const { path, count, operatingPoints, fused } = cohort!;
  const file = files.slice(2).find((one) => one.path === path);
  if (!file) return `path is ${describe(path)}, which is none of the files after the weights`;
  const bytes = count! * embedder!.embeddingSize;
  if (file.bytes !== bytes) return `${path} has ${file.bytes} bytes, not the ${bytes} of ${count} rows`;
  return faultOfPoints(operatingPoints) || faultOfFused(fused);
}

/** Manifests written before version 0.5 say `licence`. */
function withLicense(manifest: Manifest & { licence?: unknown }): Manifest {
  const { licence, ...rest } = manifest;
  return licence === undefined || 'license' in manifest ? manifest : ({ ...rest, license: licence } as Manifest);
}
