import { describe, expect, it } from 'vitest';
import { templateOf } from '../vault/fixtures/templateOf.js';
import { parseTemplate, serializeTemplate } from './templateText.js';

const PROTECTION = { scheme: 'rotation-int8-1', keyId: '0123456789abcdef' } as const;
const invalid = expect.objectContaining({ code: 'template-invalid' }) as Error;

describe('a template as text', () => {
  it('is read as it was written, plain or protected', () => {
    for (const template of [templateOf(), { ...templateOf(), protection: PROTECTION }]) {
      expect(parseTemplate(serializeTemplate(template))).toEqual(template);
    }
  });

  it('has no other fields: they are not written, and refused when read', () => {
    const noted = { ...templateOf(), note: 'mine', protection: { ...PROTECTION, key: {} as CryptoKey } };
    expect(parseTemplate(serializeTemplate(noted))).toEqual({ ...templateOf(), protection: PROTECTION });
    const good = JSON.parse(serializeTemplate({ ...templateOf(), protection: PROTECTION })) as Record<string, unknown>;
    for (const wrong of [
      { ...good, note: 'mine' },
      { ...good, protection: { ...PROTECTION, key: {} } },
      { ...good, protection: { ...PROTECTION, note: 1 } },
    ]) {
      expect(() => parseTemplate(JSON.stringify(wrong))).toThrow(invalid);
    }
    const hidden = JSON.stringify(good).replace('{', '{"__proto__":{"note":1},');
    expect(() => parseTemplate(hidden)).toThrow(invalid);
  });
});
