/** The color of measured curves and their operating points, set by the page. */
export const CURVE_COLOR = 'var(--chart-curve, #158a78)';
