import type { HelpPlace } from './words/WordKey.js';

/** What decides where a blocked camera is allowed again. */
export interface Surroundings {
  readonly userAgent: string;
  /** Fingers on the screen that the device tells apart: an iPad calls itself a Mac. */
  readonly touchPoints: number;
  readonly framed: boolean;
}

/** Apps that show pages themselves, by what they add to the browser's name. */
const IN_APP = /FBAN|FBAV|Instagram|Line\/|MicroMessenger|; wv\)|GSA\/|Snapchat|Pinterest|LinkedInApp|TikTok|BytedanceWebview/;

/**
 * Where in this browser a blocked camera is allowed again.
 * @param error whose message tells a block by the system or by the page around from the person's
 */
export function helpPlace(error: Error, { userAgent, touchPoints, framed }: Surroundings = surroundings()): HelpPlace {
  if (/operating system/.test(error.message)) return 'system';
  if (framed && /frame/.test(error.message)) return 'frame';
  if (IN_APP.test(userAgent)) return 'in-app';
  // Every browser there shows pages as Safari does, but has settings of its own.
  if (/CriOS|FxiOS|EdgiOS|OPiOS|OPT\/|DuckDuckGo/.test(userAgent)) return 'other';
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1)) return 'ios';
  if (/Android/.test(userAgent)) return 'android';
  if (/Firefox\//.test(userAgent)) return 'firefox';
  if (/Edg\//.test(userAgent)) return 'edge';
  if (/OPR\/|Vivaldi/.test(userAgent)) return 'other';
  if (/Chrome\//.test(userAgent)) return 'chrome';
  return /Safari\//.test(userAgent) ? 'safari' : 'other';
}

function surroundings(): Surroundings {
  return { userAgent: navigator.userAgent, touchPoints: navigator.maxTouchPoints, framed: window.parent !== window };
}
