/** What the SDK measures faces by, and its own networks take. */
export const MEASURED = { size: 160, scale: 1 / 127.5, offset: -1 } as const;
