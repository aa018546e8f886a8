import { VisavisError, type EmbeddingOrigin, type VisavisErrorCode } from '../../src/index.js';
import { messageOf } from '../ui/messageOf.js';

/** What a notice is about. The first of these that has one is shown. */
export const NOTICE_SOURCES = ['engine', 'template', 'vault'] as const;
export type NoticeSource = (typeof NOTICE_SOURCES)[number];

export type NoticeAction = 'retry-engine' | 'use-automatic-backend' | 'use-usual-model' | 'enroll-again' | 'forget-and-enroll' | 'reload';

export interface Notice {
  readonly code: VisavisErrorCode | 'account-held' | 'unmeasured' | 'unexpected';
  readonly title: string;
  readonly message: string;
  readonly action: NoticeAction | null;
}

export const ACTION_LABELS: Record<NoticeAction, string> = {
  'retry-engine': 'Try again',
  'use-automatic-backend': 'Choose automatically',
  'use-usual-model': 'Use the default model',
  'enroll-again': 'Set up again',
  'forget-and-enroll': 'Delete it and set up again',
  reload: 'Reload the page',
};

const TITLES: Partial<Record<VisavisErrorCode, readonly [title: string, action: NoticeAction | null]>> = {
  'model-missing': ['The face models couldn’t be loaded', 'retry-engine'],
  'model-corrupt': ['A face model is damaged', 'retry-engine'],
  'backend-unavailable': ['The face engine couldn’t start', 'retry-engine'],
  'template-incompatible': ['Your enrollment is from another version', 'enroll-again'],
  'template-invalid': ['Your enrollment is damaged', 'forget-and-enroll'],
  'vault-unavailable': ['This browser can’t store your data', null],
  'vault-locked': ['The stored data is locked', 'reload'],
};

/** What to tell the person about an error, and what they can do. */
export function noticeOf(error: unknown): Notice {
  const code = error instanceof VisavisError ? error.code : 'unexpected';
  const message = messageOf(error);
  const [title, action] = (code !== 'unexpected' && TITLES[code]) || (['Something went wrong', 'reload'] as const);
  return { code, title, message, action };
}

/** What to tell someone who enrolled with a different model, or a different version of it, than the page runs now. */
export function noticeOfOtherModel(enrolled: EmbeddingOrigin, own: EmbeddingOrigin): Notice {
  const name = ({ model, modelVersion }: EmbeddingOrigin) => `${model} ${modelVersion}`;
  const way = enrolled.model === own.model ? '' : `, or choose ${enrolled.model} again under Details`;
  return {
    code: 'template-incompatible',
    title: enrolled.model === own.model ? 'Your enrollment is from another version' : 'Your enrollment is for another model',
    message: `You enrolled with ${name(enrolled)}, but this page now runs ${name(own)}. The two can’t be compared. Enroll again${way}.`,
    action: 'enroll-again',
  };
}

/** What to tell someone who would be enrolled in place of the person whose account this browser opens. */
export const NOTICE_OF_ACCOUNT: Notice = {
  code: 'account-held',
  title: 'This browser opens an account',
  message:
    'Whoever is enrolled here can sign in to it. Log in first, then set up again. If you can’t, delete the enrollment and the account.',
  action: 'forget-and-enroll',
};

/** What to tell someone whose model has no operating points: nobody knows which of its distances mean the same person. */
export function noticeOfUnmeasured({ model, modelVersion }: EmbeddingOrigin): Notice {
  return {
    code: 'unmeasured',
    title: 'This model has not been measured yet',
    message: `${model} ${modelVersion} has no operating points, so this page can’t tell whose face it sees. Measure it with npm run evaluate, and add the points to its manifest.`,
    action: null,
  };
}
