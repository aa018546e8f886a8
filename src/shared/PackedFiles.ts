/** Binary files inside a script: joined, deflated together because they are alike, and written in base64. Made by tools/packFiles.ts. */
export interface PackedFiles {
  readonly data: string;
  /** Where each file lies once that is inflated: first byte, and the byte after its last. */
  readonly places: Readonly<Record<string, readonly [number, number]>>;
}
