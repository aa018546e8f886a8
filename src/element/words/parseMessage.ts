/** A piece of a message; `count` is the `#` of the plural around it. */
export type MessagePart =
  | string
  | { readonly type: 'count' }
  | { readonly type: 'value'; readonly name: string }
  | { readonly type: 'date'; readonly name: string }
  | { readonly type: 'number'; readonly name: string; readonly percent: boolean }
  | { readonly type: 'plural' | 'select'; readonly name: string; readonly cases: Readonly<Record<string, readonly MessagePart[]>> };

/**
 * Reads a text in the part of ICU MessageFormat that `formatMessage` writes. `'{'` and `'}'` are braces and `''` an apostrophe; any other
 * apostrophe is itself.
 */
export function parseMessage(message: string): readonly MessagePart[] {
  let at = 0;
  const fail = (what: string): never => {
    throw new SyntaxError(`expected ${what} at ${at} of “${message}”`);
  };
  const expect = (pattern: RegExp, what: string): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(message) ?? fail(what);
    at += found[0].length;
    return found[1] ?? found[0];
  };

  function readText(nested: boolean, plural: boolean): MessagePart[] {
    const parts: MessagePart[] = [];
    while (at < message.length) {
      if (message[at] === '}') {
        if (nested) return parts;
        fail('no }');
      }
      if (message[at] === '{') parts.push(readPlaceholder(plural));
      else if (plural && message[at] === '#') {
        at++;
        parts.push({ type: 'count' });
      } else {
        const text = expect(plural ? /(?:'[{}]'|''|[^{}#])+/y : /(?:'[{}]'|''|[^{}])+/y, 'text');
        parts.push(text.replace(/'([{}])'|''/g, (_, brace?: string) => brace ?? "'"));
      }
    }
    return nested ? fail('}') : parts;
  }

  function readPlaceholder(plural: boolean): MessagePart {
    at++;
    const name = expect(/\s*(\w+)\s*/y, 'a name');
    if (message[at] === '}') return end({ type: 'value', name });
    const type = expect(/,\s*(number|date|plural|select)\s*/y, 'number, date, plural or select');
    if (type === 'date') return end({ type, name });
    if (type === 'number') return end({ type, name, percent: expect(/(?:,\s*percent\s*)?/y, '') !== '' });
    expect(/,\s*/y, 'a comma');
    const cases: Record<string, MessagePart[]> = {};
    while (message[at] !== '}') {
      const key = expect(/(=\d+|[\w-]+)\s*\{/y, 'a case');
      cases[key] = readText(true, plural || type === 'plural');
      at++;
      expect(/\s*/y, '');
    }
    if (!cases.other) fail('the case other');
    return end({ type: type as 'plural' | 'select', name, cases });
  }

  function end(part: MessagePart): MessagePart {
    expect(/\}/y, '}');
    return part;
  }

  return readText(false, false);
}
