import { expect, it } from 'vitest';
import { hideConstructors } from './hideConstructors.mjs';

it('tells a class with an internal constructor as an interface, comments included', () => {
  const declarations = `import type { Lock } from './Lock.js';
/** Made by \`openBox\`. */
export declare class Box<T extends object> implements Countable {
    #private;
    /** Nobody's business. */
    private readonly size;
    /** The kind of its lock. */
    get lock(): Lock | null;
    readonly name: string;
    /** Puts something in. */
    put(id: string, options?: {
        deep?: boolean;
    }): Promise<void>;
}
`;
  expect(hideConstructors(declarations)).toBe(`import type { Lock } from './Lock.js';
/** Made by \`openBox\`. */
export interface Box<T extends object> {
    /** The kind of its lock. */
    readonly lock: Lock | null;
    readonly name: string;
    /** Puts something in. */
    put(id: string, options?: {
        deep?: boolean;
    }): Promise<void>;
}
`);
});

it('extends what a base that was an expression constructs', () => {
  const declarations = `declare const Camera_base: new () => TypedEventTarget<CameraEvents>;
export declare class Camera extends Camera_base {
    #private;
    stop(): void;
}
declare class Lens extends Glass {
    #private;
}
`;
  const hidden = hideConstructors(declarations);
  expect(hidden).toContain('export interface Camera extends TypedEventTarget<CameraEvents> {');
  expect(hidden).toContain('declare interface Lens extends Glass {');
  expect(hidden).not.toContain('Camera_base');
});

it('leaves classes alone that callers construct, or that hide nothing', () => {
  const declarations = `export declare class Gallery {
    #private;
    constructor(entries: Iterable<Entry>);
}
export declare class Plain {
    readonly x: number;
}
`;
  expect(hideConstructors(declarations)).toBe(declarations);
});

it('refuses what an interface cannot say', () => {
  const declarations = `export declare class Box {
    #private;
    static open(): Box;
}
`;
  expect(() => hideConstructors(declarations, 'Box.d.ts')).toThrow('Box.d.ts: Box cannot be told as an interface: static open(): Box;');
});
