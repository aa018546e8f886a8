import { describe, expect, it } from 'vitest';
import { cameraError, noPicture, playError, type CameraSurroundings } from './cameraError.js';

const PAGE: CameraSurroundings = { policyAllows: true, framed: false, chosen: false };

/** Firefox and Safari do not tell the policy. */
const SILENT = { policyAllows: null };

describe('cameraError', () => {
  it.each<[name: string, said: string, surroundings: Partial<CameraSurroundings>, code: string, message: RegExp]>([
    ['NotAllowedError', 'Permission denied', {}, 'camera-denied', /site settings/],
    ['NotAllowedError', 'Permission denied', { policyAllows: false, framed: true }, 'camera-denied', /iframe the attribute allow="camera"/],
    [
      'NotAllowedError',
      'Permission denied',
      { policyAllows: false },
      'camera-denied',
      /Permissions-Policy header must contain camera=\(self\)/,
    ],
    ['NotAllowedError', '', { ...SILENT, framed: true }, 'camera-denied', /site settings.*allow="camera"/],
    ['NotAllowedError', '', SILENT, 'camera-denied', /site settings, then try again\.$/],
    ['NotAllowedError', 'Permission denied by system', {}, 'camera-denied', /operating system/],
    ['NotAllowedError', 'Permission dismissed', {}, 'camera-denied', /unanswered/],
    ['SecurityError', '', {}, 'camera-denied', /browser’s settings/],
    ['NotFoundError', '', {}, 'camera-missing', /connect one/],
    ['OverconstrainedError', '', {}, 'camera-missing', /No suitable camera/],
    ['OverconstrainedError', '', { chosen: true }, 'camera-missing', /chosen camera is not there/],
    ['NotReadableError', '', {}, 'camera-busy', /close other programs and pages/],
    ['AbortError', 'Timeout starting video source', {}, 'camera-busy', /did not start/],
    ['InvalidStateError', '', {}, 'aborted', /page was left/],
    ['OtherError', '', {}, 'camera-missing', /could not be opened/],
  ])('turns %s "%s" %o into %s', (name, said, surroundings, code, message) => {
    const cause = new DOMException(said, name);
    const error = cameraError(cause, { ...PAGE, ...surroundings });
    expect(error).toMatchObject({ code, cause });
    expect(error.plainMessage).toMatch(message);
  });

  it('reads the name of what is no Error, as OverconstrainedError was', () => {
    expect(cameraError({ name: 'OverconstrainedError', constraint: 'deviceId' }, { ...PAGE, chosen: true })).toMatchObject({
      code: 'camera-missing',
      message: expect.stringMatching(/chosen/) as string,
    });
    expect(cameraError(null, PAGE)).toMatchObject({ code: 'camera-missing' });
  });
});

describe('playError', () => {
  it('waits where trying again helps, and otherwise blames the playing', () => {
    for (const name of ['NotAllowedError', 'AbortError']) expect(playError(new DOMException('', name))).toBeNull();
    const cause = new DOMException('', 'NotSupportedError');
    expect(playError(cause)).toMatchObject({ code: 'camera-lost', cause, message: expect.stringMatching(/cannot play/) as string });
  });
});

describe('noPicture', () => {
  const silence = { milliseconds: 10_000, paused: false, muted: false };

  it.each([
    [{}, { starting: true }, 'camera-busy', /10 s: close other programs/],
    [{}, {}, 'camera-lost', /10 s: check that it works and keep this page in view/],
    [{ muted: true }, { starting: true }, 'camera-busy', /shutter or privacy switch/],
    [{ muted: true }, {}, 'camera-lost', /shutter or privacy switch/],
    [{ paused: true }, { starting: true }, 'camera-lost', /tap or click the page/],
    [{ paused: true }, {}, 'camera-lost', /tap or click the page/],
  ])('says what to do about %o %o', (more, when, code, message) => {
    const error = noPicture({ ...silence, ...more }, when);
    expect(error.code).toBe(code);
    expect(error.plainMessage).toMatch(message);
  });
});
