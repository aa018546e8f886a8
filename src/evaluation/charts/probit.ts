/**
 * The normal deviate of a share: the inverse of the standard normal distribution, to nine digits (Acklam's rational approximation).
 * @param share 0 … 1; the ends give -Infinity and Infinity
 */
export function probit(share: number): number {
  if (!(share > 0)) return -Infinity;
  if (share >= 1) return Infinity;
  if (share > 0.5) return -probit(1 - share);
  if (share < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(share));
    const above = ((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + C0) * q + C1;
    const below = (((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1;
    return above / below;
  }
  const q = share - 0.5;
  const r = q * q;
  const above =
    (((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r - 30.66479806614716) * r + A0) *
    q;
  const below =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1;
  return above / below;
}

const A0 = 2.506628277459239;
const C0 = 4.374664141464968;
const C1 = 2.938163982698783;
