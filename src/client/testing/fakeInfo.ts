import type { OperatingPoint } from '../../shared/Manifest.js';
import type { VerifierInfo } from '../../shared/VerifierInfo.js';
import { VERSION } from '../../shared/version.js';

/** Like those of a real model; no data stand behind them. */
function curve(...rows: [fmr: number, threshold: number, fnmr: number][]): OperatingPoint[] {
  return rows.map(([fmr, threshold, fnmr]) => ({ fmr, threshold, fnmr, fmrInterval: [0, 1], fnmrInterval: [0, 1] }));
}

const SEVERAL = curve([1e-1, 1.3, 0], [1e-2, 1.2, 0], [1e-3, 1.1, 0], [1e-4, 1.04, 0]);

const NOTHING = { dataset: 'none', identities: 0, genuinePairs: 0, impostorPairs: 0, method: 'none' };

/** What a fake verifier runs on. Its templates fit no real model. */
export const FAKE_INFO: VerifierInfo = {
  ...{ backend: 'wasm', build: 'fake', threads: 1, arithmetic: 'float32', fallbacks: [], thread: 'main', license: 'none' },
  ...{ model: 'fake', modelVersion: '1.0.0', pipelineVersion: 1, embeddingSize: 128, inputSize: 160 },
  operatingPoints: curve([1e-1, 1.31, 0.01], [1e-2, 1.22, 0.04], [1e-3, 1.15, 0.1], [1e-4, 1.08, 0.2], [1e-5, 1.02, 0.3]),
  points: 'own',
  normalized: null,
  fused: [1, 3, 5].map((templateFrames) => ({ templateFrames, probeFrames: 3, operatingPoints: SEVERAL, measurement: NOTHING })),
  measurement: null,
  version: VERSION,
};
