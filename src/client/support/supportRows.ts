import { relaxedSimd, simd } from 'wasm-feature-detect';
import type { SupportFeature, SupportValue } from '../../shared/support.js';
import { webglKind } from '../../shared/webglKind.js';
import { webgpuKind } from '../../shared/webgpuKind.js';
import { probeCamera } from './probeCamera.js';
import { probeIndexedDb } from './probeIndexedDb.js';
import { probeThreads } from './probeThreads.js';
import { probeWebAssembly } from './probeWebAssembly.js';

export interface SupportRow {
  /** May throw, reject or never answer, which all count as `failed`. */
  readonly probe: () => SupportValue | Promise<SupportValue>;
  /** What it counts as where the probe fails; default `no`. */
  readonly failed?: SupportValue;
  /** By what was found: whether visavis can use it, and a sentence. */
  readonly says: Partial<Record<SupportValue, readonly [ok: boolean, message: string]>>;
}

const yesIf = (found: unknown): SupportValue => (found ? 'yes' : 'no');
const graphics = (kind: 'hardware' | 'software' | 'none'): SupportValue => (kind === 'none' ? 'no' : kind);
const HTTPS = 'serve the page over HTTPS, or from localhost';

/** Everything that visavis asks of a browser: how it is found out, and what that means. */
export const SUPPORT_ROWS: Readonly<Record<SupportFeature, SupportRow>> = {
  document: {
    probe: () => yesIf(typeof document !== 'undefined'),
    says: {
      yes: [true, 'This is a page, in which a verifier can start.'],
      no: [false, 'This is no page: call createFaceVerifier and openCamera in the page. Elsewhere the package can only be imported.'],
    },
  },
  secureContext: {
    probe: () => yesIf((globalThis as { isSecureContext?: boolean }).isSecureContext),
    says: {
      yes: [true, 'This is a secure context, as camera, cryptography and caches need it.'],
      no: [false, `This is no secure context, without which browsers give pages neither camera nor cryptography: ${HTTPS}.`],
    },
  },
  webCrypto: {
    probe: () => yesIf(crypto.subtle),
    says: {
      yes: [true, 'Web Crypto is there: model files can be checked and templates encrypted.'],
      no: [false, `Web Crypto is missing, so that model files cannot be checked: ${HTTPS}.`],
    },
  },
  webAssembly: {
    probe: probeWebAssembly,
    says: {
      yes: [true, 'WebAssembly runs: the networks compute on the processor.'],
      forbidden: [false, "The page's Content Security Policy forbids WebAssembly: add 'wasm-unsafe-eval' to script-src."],
      no: [false, 'WebAssembly is missing or switched off: use another browser, or allow it in the settings of this one.'],
    },
  },
  simd: {
    probe: async () => yesIf(await simd()),
    says: {
      yes: [true, 'WebAssembly has SIMD, which the fast kernels need.'],
      no: [false, 'WebAssembly has no SIMD: TensorFlow.js computes instead, several times slower. A newer browser has it.'],
    },
  },
  relaxedSimd: {
    probe: async () => yesIf(await relaxedSimd()),
    says: {
      yes: [true, 'WebAssembly has relaxed SIMD: the kernels use fused multiply-add.'],
      no: [false, 'WebAssembly has no relaxed SIMD: the kernels take about one and a half times as long. Nothing has to be done.'],
    },
  },
  threads: {
    probe: probeThreads,
    says: {
      yes: [true, 'WebAssembly can compute on several threads.'],
      'not-isolated': [
        false,
        'The page is not cross-origin isolated, so that one thread computes: send Cross-Origin-Opener-Policy: same-origin and ' +
          'Cross-Origin-Embedder-Policy: require-corp with the page for more.',
      ],
      'one-core': [false, 'This device has one processor core for the page: one thread computes. Nothing has to be done.'],
      no: [false, 'WebAssembly has no threads here: one computes. Nothing has to be done.'],
    },
  },
  workers: {
    probe: () => yesIf(typeof Worker === 'function' && typeof OffscreenCanvas === 'function'),
    says: {
      yes: [true, 'Workers and OffscreenCanvas are there: the page stays responsive while faces are computed.'],
      no: [
        false,
        "Workers or OffscreenCanvas are missing: the engine runs on the page's own thread, which stutters. A newer browser has both.",
      ],
    },
  },
  webgl: {
    probe: () => graphics(webglKind()),
    says: {
      hardware: [true, 'WebGL runs on a graphics card.'],
      software: [false, 'WebGL runs in software, which is slower than WebAssembly: visavis does not choose it. Nothing has to be done.'],
      no: [false, 'WebGL is missing or switched off: WebAssembly computes. Nothing has to be done.'],
    },
  },
  webgpu: {
    probe: async () => graphics(await webgpuKind()),
    says: {
      hardware: [true, 'WebGPU runs on a graphics card.'],
      software: [false, 'WebGPU runs in software, which is slower than WebAssembly: visavis does not choose it. Nothing has to be done.'],
      no: [false, 'WebGPU is missing, or did not answer: WebAssembly or WebGL compute. Nothing has to be done.'],
    },
  },
  indexedDB: {
    probe: probeIndexedDb,
    failed: 'forbidden',
    says: {
      yes: [true, 'IndexedDB works: templates and keys can be kept in this browser.'],
      forbidden: [
        false,
        'This browser refuses to store anything here, as some do in private windows or frames of other sites: nothing can be enrolled for later.',
      ],
      no: [false, 'IndexedDB is missing: templates and keys cannot be kept in this browser.'],
    },
  },
  camera: {
    probe: probeCamera,
    says: {
      granted: [true, 'The camera is allowed.'],
      prompt: [true, 'There is a camera; the browser asks before a page may use it.'],
      denied: [false, 'The camera was refused to this page: allow it in the settings that the browser has for this page.'],
      forbidden: [
        false,
        'A policy keeps the camera from this page: send Permissions-Policy: camera=(self), and give frames the attribute allow="camera".',
      ],
      missing: [false, 'No camera was found: connect one.'],
      insecure: [false, `Cameras are for secure contexts only: ${HTTPS}.`],
      no: [false, 'Cameras cannot be opened here: only in a page, and in a browser that has getUserMedia.'],
    },
  },
};
