import { expect, it } from 'vitest';
import { thirdPartyText } from './thirdPartyText.js';

it('names every package once, above one copy of its license', () => {
  const text = thirdPartyText(
    [
      { name: 'b', version: '2.0.0', identifier: 'MIT', text: 'Do as you like.\r\nReally.\n' },
      { name: 'c', version: '1.0.0', identifier: 'Apache-2.0' },
      { name: 'a', version: '1.0.0', identifier: 'MIT', text: 'Do as you like.\nReally.' },
    ],
    'APACHE',
  );
  expect(text).toContain('a 1.0.0 (MIT)\nb 2.0.0 (MIT)\n\nDo as you like.\nReally.\n');
  expect(text).toContain('c 1.0.0 (Apache-2.0)\n\nAPACHE\n');
  expect(text.match(/Do as you like/g)).toHaveLength(1);
});

it('does not pass over a package whose notice is missing', () => {
  expect(() => thirdPartyText([{ name: 'a', version: '1.0.0', identifier: 'MIT' }], 'APACHE')).toThrow(
    'a 1.0.0 has no license file and says MIT',
  );
  expect(() => thirdPartyText([{ name: 'a', version: '1.0.0' }], 'APACHE')).toThrow('says nothing');
});
