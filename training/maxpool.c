/* Max pooling 3×3, forward and backward, for pictures in channels-last order whose values are not negative (they come from a ReLU), so that
   whole numbers compare as the floats they stand for, and what lies outside the picture never wins. x is [n, h, w, c], y [n, oh, ow, c],
   which [n, oh, ow, c]: the tap 0..8 that won. Row i of y looks at rows i*stride-pad to i*stride-pad+2 of x; columns alike; stride is 1 or 2.
   PyTorch's own pooling in bfloat16 takes as long as all of an Inception network's convolutions; this a twentieth of them.
   Each function exists twice: name_bfloat16 and name_float32 (the file includes itself once for each). */
#ifndef T
#include "bfloat16.h"
#include <string.h>

enum { CHANNELS = 2048 }; /* at most */

#define T uint16_t
#define WHOLE int16_t
#define NAME(f) f##_bfloat16
#define READ widen
#define WRITE narrow
#include "maxpool.c"
#undef T
#undef WHOLE
#undef NAME
#undef READ
#undef WRITE
#define T float
#define WHOLE int32_t
#define NAME(f) f##_float32
#define READ
#define WRITE
#include "maxpool.c"

#else

void NAME(pool)(const WHOLE *restrict x, WHOLE *restrict y, uint8_t *restrict which, int n, int h, int w, int c, int oh, int ow, int stride,
                int pad) {
#pragma omp parallel for collapse(2) schedule(static)
    for (int b = 0; b < n; b++) {
        for (int i = 0; i < oh; i++) {
            WHOLE tap[CHANNELS];
            for (int j = 0; j < ow; j++) {
                long at = (((long)b * oh + i) * ow + j) * c;
                WHOLE *restrict out = y + at;
                int first = 1;
                for (int k = 0; k < 9; k++) {
                    int row = i * stride - pad + k / 3, column = j * stride - pad + k % 3;
                    if (row < 0 || row >= h || column < 0 || column >= w) continue;
                    const WHOLE *restrict in = x + (((long)b * h + row) * w + column) * c;
                    if (first) {
                        memcpy(out, in, c * sizeof(WHOLE));
                        for (int q = 0; q < c; q++) tap[q] = k;
                    } else {
                        for (int q = 0; q < c; q++) {
                            WHOLE v = in[q], best = out[q];
                            tap[q] = v > best ? (WHOLE)k : tap[q];
                            out[q] = v > best ? v : best;
                        }
                    }
                    first = 0;
                }
                for (int q = 0; q < c; q++) which[at + q] = (uint8_t)tap[q];
            }
        }
    }
}

void NAME(pool_back)(const T *restrict gy, const uint8_t *restrict which, T *restrict gx, int n, int h, int w, int c, int oh, int ow, int stride,
                     int pad) {
#pragma omp parallel for collapse(2) schedule(static)
    for (int b = 0; b < n; b++) {
        for (int row = 0; row < h; row++) {
            float sum[CHANNELS];
            for (int column = 0; column < w; column++) {
                memset(sum, 0, c * sizeof(float));
                for (int k = 0; k < 9; k++) {
                    int i = row + pad - k / 3, j = column + pad - k % 3;
                    if (i < 0 || j < 0 || ((i | j) & (stride - 1))) continue;
                    i >>= stride - 1; /* a division takes longer than all the rest */
                    j >>= stride - 1;
                    if (i >= oh || j >= ow) continue;
                    long at = (((long)b * oh + i) * ow + j) * c;
                    const T *restrict g = gy + at;
                    const uint8_t *restrict won = which + at;
                    for (int q = 0; q < c; q++) sum[q] += won[q] == k ? READ(g[q]) : 0;
                }
                T *restrict out = gx + (((long)b * h + row) * w + column) * c;
                for (int q = 0; q < c; q++) out[q] = WRITE(sum[q]);
            }
        }
    }
}

#endif
