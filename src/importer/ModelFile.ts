/** A file that somebody wants to import. Readers never keep or change its bytes; a tensor that they give back may be a view of them. */
export interface ModelFile {
  /** Without its folder; only messages show it, and only endings such as `.keras` are asked for. */
  readonly name: string;
  readonly bytes: Uint8Array;
}
