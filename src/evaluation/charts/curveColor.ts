/** Of measured curves and their operating points. Pages set it. */
export const CURVE_COLOR = 'var(--chart-curve, #158a78)';
