import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describe as name } from './describe.js';
import { fromErrorData, toErrorData } from './errorData.js';
import { VERSION } from './version.js';
import { ERROR_CODES, VisavisError } from './VisavisError.js';

it('states the version of package.json', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  expect(VERSION).toBe(version);
});

describe('VisavisError', () => {
  it('says where its code is explained, once, also when it quotes another', () => {
    const first = new VisavisError('no-face', 'No face was found.');
    const second = new VisavisError('low-quality', `2 of 3 failed. ${first.message} Enroll again.`);
    expect(first.message).toBe('No face was found. See docs/errors.md#no-face');
    expect(second.message).toBe('2 of 3 failed. No face was found. Enroll again. See docs/errors.md#low-quality');
    expect(second.plainMessage).toBe('2 of 3 failed. No face was found. Enroll again.');
  });

  it('has a part of docs/errors.md for each code, and no other', () => {
    const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');
    expect([...page.matchAll(/^## `?([^`\n]+)`?$/gm)].map(([, heading]) => heading)).toEqual([...ERROR_CODES]);
  });
});

describe('errorData', () => {
  it('carries a VisavisError across structured cloning whole', () => {
    const error = new VisavisError('low-quality', 'too dark', { reasons: ['too-dark'], cause: new TypeError('inner') });
    const copy = fromErrorData(structuredClone(toErrorData(error)));
    expect(copy).toBeInstanceOf(VisavisError);
    expect(copy).toMatchObject({
      code: 'low-quality',
      message: 'too dark See docs/errors.md#low-quality',
      plainMessage: 'too dark',
      reasons: ['too-dark'],
    });
    expect(copy.cause).toBeInstanceOf(TypeError);
  });

  it.each([new TypeError('a'), new RangeError('b'), Object.assign(new Error('c'), { name: 'DataCloneError' })])(
    'keeps the kind of %s',
    (error) => {
      const copy = fromErrorData(structuredClone(toErrorData(error)));
      expect([copy.name, copy.message, copy.constructor]).toEqual([error.name, error.message, error.constructor]);
    },
  );

  it('makes an error of anything thrown', () => {
    expect(fromErrorData(toErrorData('oops')).message).toBe('oops');
  });
});

it('describes values in a few words', () => {
  expect([null, undefined, 'x'.repeat(50), 3, {}, [], new Float32Array(4), () => 1, Object.create(null)].map(name)).toEqual([
    'null',
    'undefined',
    `"${'x'.repeat(40)}…"`,
    '3',
    'Object',
    'Array of 0 values',
    'Float32Array of 4 values',
    'function',
    'object',
  ]);
});
