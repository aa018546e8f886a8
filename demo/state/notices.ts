import { VisavisError, type EmbeddingOrigin, type VisavisErrorCode } from '../../src/index.js';

/** Whose trouble it is; the first in this order is shown. */
export const NOTICE_SOURCES = ['engine', 'camera', 'template', 'vault'] as const;
export type NoticeSource = (typeof NOTICE_SOURCES)[number];

export type NoticeAction = 'retry-engine' | 'use-automatic-backend' | 'use-usual-model' | 'enroll-again' | 'forget-and-enroll' | 'reload';

export interface Notice {
  readonly code: VisavisErrorCode | 'unmeasured' | 'unexpected';
  readonly title: string;
  readonly message: string;
  readonly action: NoticeAction | null;
}

export const ACTION_LABELS: Record<NoticeAction, string> = {
  'retry-engine': 'Try again',
  'use-automatic-backend': 'Choose automatically',
  'use-usual-model': 'Use the usual model',
  'enroll-again': 'Enroll again',
  'forget-and-enroll': 'Forget it and enroll again',
  reload: 'Reload the page',
};

const TITLES: Partial<Record<VisavisErrorCode, readonly [title: string, action: NoticeAction | null]>> = {
  // The camera's own button, which says "Try again" then, stands in the mirror.
  'camera-denied': ['The camera is not allowed', null],
  'camera-missing': ['There is no camera', null],
  'camera-busy': ['The camera is in use', null],
  'camera-lost': ['The camera is gone', null],
  'model-missing': ['The face models could not be loaded', 'retry-engine'],
  'model-corrupt': ['A face model is damaged', 'retry-engine'],
  'backend-unavailable': ['The face engine does not run', 'retry-engine'],
  'template-incompatible': ['Your enrollment is from another version', 'enroll-again'],
  'template-invalid': ['Your enrollment is damaged', 'forget-and-enroll'],
  'vault-unavailable': ['Nothing can be stored here', null],
  'vault-locked': ['The storage is locked', 'reload'],
};

/** What to tell the person about an error, and what they can do. */
export function noticeOf(error: unknown): Notice {
  const code = error instanceof VisavisError ? error.code : 'unexpected';
  const message = error instanceof Error ? error.message : String(error);
  const [title, action] = (code !== 'unexpected' && TITLES[code]) || (['Something went wrong', 'reload'] as const);
  return { code, title, message, action };
}

/** What to tell someone who enrolled with another model, or another version of it, than the page now runs. */
export function noticeOfOtherModel(enrolled: EmbeddingOrigin, own: EmbeddingOrigin): Notice {
  const name = ({ model, modelVersion }: EmbeddingOrigin) => `${model} ${modelVersion}`;
  const way = enrolled.model === own.model ? '' : `, or choose ${enrolled.model} again under Details`;
  return {
    code: 'template-incompatible',
    title: enrolled.model === own.model ? 'Your enrollment is from another version' : 'Your enrollment is for another model',
    message: `You enrolled with ${name(enrolled)}, and this page now runs ${name(own)}, whose numbers mean something else. Enroll again${way}.`,
    action: 'enroll-again',
  };
}

/** What to tell someone whose model comes without operating points: nobody knows which of its distances are one person's. */
export function noticeOfUnmeasured({ model, modelVersion }: EmbeddingOrigin): Notice {
  return {
    code: 'unmeasured',
    title: 'This model has not been measured yet',
    message: `${model} ${modelVersion} has no operating points, so this page cannot say whose face it sees. Measure it with npm run evaluate, and put the points into its manifest.`,
    action: null,
  };
}
