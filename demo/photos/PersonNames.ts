import type { Face } from './AlbumState.js';

/** Names belong to faces: when the groups change with the strictness, a group takes the name that most of its faces have. */
export class PersonNames {
  readonly #names = new WeakMap<Face, string>();

  /** Empty for a group without a name. */
  of(group: readonly Face[]): string {
    const votes = new Map<string, number>();
    for (const face of group) {
      const name = this.#names.get(face);
      if (name) votes.set(name, (votes.get(name) ?? 0) + 1);
    }
    return [...votes].sort(([, a], [, b]) => b - a)[0]?.[0] ?? '';
  }

  give(group: readonly Face[], name: string): void {
    for (const face of group) this.#names.set(face, name.trim());
  }
}
