/** Points of the upper lids, the lower lids' points below them, and the creases above. */
const LIDS = [
  ...[246, 161, 160, 159, 158, 157, 173].map((upper, k) => [
    upper,
    [7, 163, 144, 145, 153, 154, 155][k],
    [247, 30, 29, 27, 28, 56, 190][k],
  ]),
  ...[466, 388, 387, 386, 385, 384, 398].map((upper, k) => [
    upper,
    [249, 390, 373, 374, 380, 381, 382][k],
    [467, 260, 259, 257, 258, 286, 414][k],
  ]),
] as [upper: number, lower: number, crease: number][];
const UPPER = new Map(LIDS.map(([upper, lower]) => [upper, lower]));
const CREASE = new Map(LIDS.map(([upper, lower, crease]) => [crease, [upper, lower] as const]));

/** The inner edges of the lips, from corner to corner. */
export const UPPER_LIP = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308];
export const LOWER_LIP = [95, 88, 178, 87, 14, 317, 402, 318, 324];
const ABOVE = new Set([
  ...UPPER_LIP,
  61,
  291,
  62,
  292,
  76,
  306,
  185,
  40,
  39,
  37,
  0,
  267,
  269,
  270,
  409,
  184,
  74,
  73,
  72,
  11,
  302,
  303,
  304,
  408,
  183,
  42,
  41,
  38,
  12,
  268,
  271,
  272,
  407,
]);
const BELOW = new Set(LOWER_LIP);

/** How far shut eyes and an open mouth move point `i` of a face, pixels of its picture. */
export function deform(
  mesh: Float32Array,
  i: number,
  { u, v }: { u: number; v: number },
  unit: number,
  { blink, mouth }: { blink: number; mouth: number },
): { u: number; v: number } {
  const out = { u: 0, v: 0 };
  const span = (from: number, to: number) => ({ u: mesh[3 * to] - mesh[3 * from], v: mesh[3 * to + 1] - mesh[3 * from + 1] });
  if (blink > 0 && i < 468) {
    const lower = UPPER.get(i);
    const crease = CREASE.get(i);
    const way = lower !== undefined ? span(i, lower) : crease ? span(crease[0], crease[1]) : { u: 0, v: 0 };
    const share = (lower !== undefined ? 0.97 : 0.45) * blink;
    out.u += share * way.u;
    out.v += share * way.v;
  }
  if (mouth > 0) {
    const [top, bottom, chin] = [13, 14, 152].map((k) => ({ u: mesh[3 * k], v: mesh[3 * k + 1] }));
    const line = { u: (top.u + bottom.u) / 2, v: (top.v + bottom.v) / 2 };
    const aside = Math.min(1, Math.abs(u - line.u) / (1.1 * unit));
    let share = 0;
    if (i < 468 && BELOW.has(i)) share = 1 - Math.min(1, Math.abs(u - line.u) / (0.48 * unit)) ** 2;
    else if (!(i < 468 && ABOVE.has(i)) && v > line.v) {
      const below = Math.min(1, (v - line.v) / (0.18 * unit));
      const beyond = Math.max(0, (v - chin.v) / (1.2 * unit));
      share = below * (1 - aside ** 2) * Math.max(0, 1 - beyond);
    }
    out.v += share * mouth * unit;
  }
  return out;
}
