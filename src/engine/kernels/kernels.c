/*
 * The inner loops of convolutional face networks for WebAssembly SIMD: convolutions with whatever follows them fused in, sums, max and
 * mean pooling, and the sampling of camera pictures. `npm run kernels` builds the four .wasm files beside this one: with and without
 * relaxed SIMD (fused multiply-add, -DRELAXED), with and without threads (-DTHREADS).
 *
 * A network is an array of Ops (planGraph.ts lays it out, encodeSteps.ts writes it). Activations are NHWC float32 with one image a batch. An op
 * is cut into chunks, and each thread has a share of them, the same part of every picture and of every matrix: what it wrote, and the weights that it
 * read, lie in its own cache. Who has finished takes over chunks of the others; whoever finishes the last one lets everybody go on to the next
 * op. So a thread that wakes late or is held up by the system delays nothing but its own chunk.
 *
 * Convolutions multiply in float32, or in 16-bit integers with 32-bit sums: 1.5 times as fast as fused multiply-adds of floats, twice as fast as
 * the two instructions that there are without relaxed SIMD. Such a row of inputs (what one position of the result is made of) is scaled
 * so that its largest becomes MOST and rounded, when it is needed; the weights of each column were, when the network was loaded, unless they
 * are stored in levels that serve as they are. A sum times both scales is a float again.
 *
 * Builds with relaxed SIMD multiply 8-bit integers as well: 7 bits of an input by 8 of a weight, four products to a sum. An input is
 * x = least + step · level with level 0 … 127, `step` and `least` those of its row (`least` is 0 unless something is negative); a weight is
 * w = offset + scale · level with level −128 … 127, `scale` and `offset` those of its column. So
 * Σ x·w = step · scale · Σ levels' products + offset · (step · Σ inputs' levels) + least · Σ w. The relaxed instruction is exact for 7
 * bits, whatever the processor does with an eighth, and no pair of products leaves the 16 bits that some add it up in: 2 · 127 · 128.
 * Those lack an instruction for four products, and take five; there, another one makes pairs of eight, and as many pairs are added up in 16 bits as the
 * weights of a panel let, whatever the inputs: four at most (`runs`). Sums of whole numbers are the same either way.
 *
 * Between such products and the depthwise convolutions that follow, values whose activation ends at 0 and at some number are 16-bit integers,
 * called shorts below: 0 … 32,767 stands for 0 … that number. A depthwise convolution of shorts multiplies them by 16-bit weights, keeps the
 * upper 16 bits of each product (rounded) and adds those up in 16 bits: eight channels at a time. Its weights are scaled by channel so that no
 * sum leaves 16 bits (shortTaps.ts). No float is rounded in it, so that it gives the same everywhere.
 *
 * A result may be a slice of a wider one: the branches of an Inception module write side by side what the next step reads as a whole.
 *
 * Layouts: convolution weights [outC / 8, rounded up][K][8] with K = kh · kw · inC, missing columns zero; depthwise weights [kh · kw][C],
 * those of single values [C]. 16-bit ones: [outC / 8, rounded up][K / 2][8][2] with K rounded up to a multiple of 8, the columns' scales
 * [outC]. Rows of 16-bit inputs: [positions][K, rounded up like that], behind them the rows' scales, float32 [positions]. 8-bit weights:
 * [outC / 8, rounded up][K / 4][8][4], K rounded up like that, and of the columns [outC / 8, rounded up][scale, offset, Σ w][8]. Rows of
 * 8-bit inputs: [positions][K, rounded up], behind them float32 [positions][step, step · Σ levels, least]. Shorts are [positions][C] with C a
 * multiple of 8; depthwise weights for them [kh · kw][C], and behind them bias, cap and factor, [C] each. Channels are computed four at a time, whatever their number: loads may reach up to three floats beyond a value,
 * stores never do.
 */
#include <wasm_simd128.h>

#ifdef RELAXED
#define MADD(a, b, c) wasm_f32x4_relaxed_madd(a, b, c)
#else
#define MADD(a, b, c) wasm_f32x4_add(wasm_f32x4_mul(a, b), c)
#endif
#define INLINE static inline __attribute__((always_inline))
/* In one copy, whoever calls it: four builds of this travel inside the library. */
#define APART static __attribute__((noinline))
#define EXPORT(name) __attribute__((export_name(#name), visibility("default"))) name

void *memset(void *to, int value, unsigned long bytes) {
  for (char *p = to; bytes--;) *p++ = (char)value;
  return to;
}

void *memcpy(void *to, const void *from, unsigned long bytes) {
  char *p = to;
  for (const char *q = from; bytes--;) *p++ = *q++;
  return to;
}

enum { CONVOLUTION, DEPTHWISE, MAX_POOL, MEAN, POINTWISE, ROWS };
enum { LINEAR, CLAMP, PRELU };
enum { FLOATS, INTEGERS, SHORTS };

/* What follows a sum: min and max, or a slope for negative values (one a channel). */
typedef struct {
  int kind;
  float low, high;
  const float *slope;
} Activation;

/* How a window slides over the input; for a 1×1 convolution with stride 1 all of it is trivial. */
typedef struct {
  int inH, inW, C, kh, kw, stride, top, left;
} Window;

/* What the largest input of a row becomes; shortColumns.ts sees to it that no sum leaves 32 bits. */
#define MOST 4095.0f
/* The same of 8-bit integers: 7 bits, and no sign. */
#define MOST_BYTE 127.0f
/* What weights of one sign may come to whose products with such inputs are added up in 16 bits. */
#define MOST_RUN (32767 / 127)

/* 32-bit fields only, in the order that encodeSteps.ts writes. */
typedef struct {
  int next[4], done; /* chunks taken of each thread's share, chunks finished of all */
  int chunks, chunk, byColumns;
  int kind;
  const float *in;
  float *out;
  int outW, positions, outC; /* positions = outH · outW */
  int outStride;             /* floats from one position of the result to the next: outC, or more in a slice */
  Window window;
  const void *weights;
  const float *bias;
  const float *scales; /* of the columns of integer weights */
  int bits;            /* of the weights, or of what a ROWS makes: 16 or 8; 0 if they are floats */
  int inKind;          /* FLOATS, INTEGERS (rows that a ROWS made) or SHORTS */
  float outUnits;      /* if the result is shorts: how many of their units 1 is; otherwise 0 */
  Activation activation;
  const float *residual; /* [positions][residualC], added to the first residualC channels before the activation; or null */
  int residualC;
  /* A depthwise convolution in front of a 1×1 one: its window is `window`. */
  const float *frontWeights, *frontBias;
  Activation frontActivation;
  const unsigned char *runs; /* of each panel of 8-bit weights, where pairs of products are added up in 16 bits; or null */
} Op;

INLINE v128_t activate(v128_t x, const Activation *a, int channel) {
  if (a->kind == CLAMP) return wasm_f32x4_pmin(wasm_f32x4_splat(a->high), wasm_f32x4_pmax(wasm_f32x4_splat(a->low), x));
  if (a->kind == PRELU) {
    const v128_t zero = wasm_f32x4_splat(0);
    return MADD(wasm_f32x4_pmin(zero, x), wasm_v128_load(a->slope + channel), wasm_f32x4_pmax(zero, x));
  }
  return x;
}

/* Four channels, of which `count` exist; or as many as there are, if more do. */
INLINE void store(float *to, v128_t x, int count) {
  if (count >= 4) {
    wasm_v128_store(to, x);
    return;
  }
  wasm_v128_store32_lane(to, x, 0);
  if (count > 1) wasm_v128_store32_lane(to + 1, x, 1);
  if (count > 2) wasm_v128_store32_lane(to + 2, x, 2);
}

/* Four channels of a result: residual, activation, store. */
INLINE void finish(v128_t x, const Op *op, int position, int channel) {
  const int more = op->residualC - channel;
  if (more > 0) {
    v128_t residual = wasm_v128_load(op->residual + position * op->residualC + channel);
    if (more < 4) residual = wasm_v128_and(residual, wasm_i32x4_lt(wasm_i32x4_make(0, 1, 2, 3), wasm_i32x4_splat(more)));
    x = wasm_f32x4_add(x, residual);
  }
  store(op->out + position * op->outStride + channel, activate(x, &op->activation, channel), op->outC - channel);
}

#ifdef RELAXED
INLINE short *shortsOf(const Op *op, int position, int channel) { return (short *)op->out + position * op->outStride + channel; }

/* Eight results as shorts, from floats that are no less than 0 (then rounded down) or that are to become 0. */
INLINE v128_t shorten(v128_t a, v128_t b) {
  const v128_t both = wasm_i16x8_narrow_i32x4(wasm_i32x4_relaxed_trunc_f32x4(a), wasm_i32x4_relaxed_trunc_f32x4(b));
  return wasm_i16x8_max(both, wasm_i16x8_splat(0));
}

APART void finishShorts(const Op *op, const v128_t *sums, int count, int position, int channel) {
  const v128_t units = wasm_f32x4_splat(op->outUnits), half = wasm_f32x4_splat(0.5f);
  for (; count > 0; count--, position++, sums += 2) {
    const v128_t a = activate(sums[0], &op->activation, channel), b = activate(sums[1], &op->activation, channel + 4);
    wasm_v128_store(shortsOf(op, position, channel), shorten(MADD(a, units, half), MADD(b, units, half)));
  }
}
#endif

/* What becomes of COUNT × 8 sums; a function of its own, since all tiles end so. */
APART void finishAll(const Op *op, const v128_t *sums, int count, int position, int channel) {
#ifdef RELAXED
  if (op->outUnits > 0) {
    finishShorts(op, sums, count, position, channel);
    return;
  }
#endif
  const int both = channel + 4 < op->outC;
  for (; count > 0; count--, position++, sums += 2) {
    finish(sums[0], op, position, channel);
    if (both) finish(sums[1], op, position, channel + 4);
  }
}

/*
 * COUNT × 8 results. The registers hold 2 · COUNT sums, 2 of weights and one input: 5 rows fill 13 of x86's 16; with 6 they spill, at
 * almost half the speed.
 */
#define TILE(COUNT)                                                                                                  \
  INLINE void tile##COUNT(const Op *op, int K, const float *A, const float *W, int position, int channel) {          \
    v128_t c0[COUNT], c1[COUNT], b0 = wasm_v128_load(op->bias + channel), b1 = wasm_v128_load(op->bias + channel + 4); \
    for (int i = 0; i < COUNT; i++) c0[i] = b0, c1[i] = b1;                                                          \
    _Pragma("clang loop unroll(disable)") /* unrolled it spills */                                                   \
    for (int k = 0; k < K; k++, W += 8) {                                                                            \
      v128_t w0 = wasm_v128_load(W), w1 = wasm_v128_load(W + 4);                                                     \
      for (int i = 0; i < COUNT; i++) {                                                                              \
        v128_t a = wasm_v128_load32_splat(A + i * K + k);                                                            \
        c0[i] = MADD(a, w0, c0[i]);                                                                                  \
        c1[i] = MADD(a, w1, c1[i]);                                                                                  \
      }                                                                                                              \
    }                                                                                                                \
    v128_t sums[2 * COUNT];                                                                                          \
    for (int i = 0; i < COUNT; i++) sums[2 * i] = c0[i], sums[2 * i + 1] = c1[i];                                    \
    finishAll(op, sums, COUNT, position, channel);                                                                   \
  }
TILE(5)
TILE(1)

/* Rows `from` … `to` of a matrix product; A holds row `from` first. */
APART void multiply(const Op *op, int K, const float *A, int from, int to, int column, int lastColumn) {
  for (; column < lastColumn; column += 8) {
    const float *W = (const float *)op->weights + column * K, *a = A;
    int m = from;
    for (; m + 5 <= to; m += 5, a += 5 * K) tile5(op, K, a, W, m, column);
    for (; m < to; m++, a += K) tile1(op, K, a, W, m, column);
  }
}

/* Rows of 16-bit inputs and their scales. */
typedef struct {
  short *levels;
  float *scales;
} Rows;

INLINE int levelsOf(int K) { return (K + 7) & ~7; }

/* So many rows of length K, in one piece of memory. */
INLINE Rows rowsAt(void *memory, int count, int K) { return (Rows){memory, (float *)((short *)memory + count * levelsOf(K))}; }

/* Rounds to whole numbers, to even ones from the middle: beyond 1.5 · 2²³ a float has no other. */
INLINE v128_t levels(v128_t x, v128_t by) {
  const v128_t beyond = wasm_f32x4_splat(12582912.0f);
  return wasm_i32x4_sub(wasm_f32x4_add(wasm_f32x4_mul(x, by), beyond), beyond);
}

/* The first `count` of four; the others become 0. */
INLINE v128_t first(v128_t x, int count) {
  return count >= 4 ? x : wasm_v128_and(x, wasm_i32x4_lt(wasm_i32x4_make(0, 1, 2, 3), wasm_i32x4_splat(count)));
}

/* Four floats, of which `count` are taken. */
INLINE v128_t loadSome(const float *from, int count) { return first(wasm_v128_load(from), count); }

/* Rows [count][K] of floats as rows of 16-bit integers. */
APART void narrow(const float *A, int count, int K, Rows to) {
  for (; count > 0; count--, A += K, to.levels += levelsOf(K), to.scales++) {
    v128_t most = wasm_f32x4_splat(0), also = most;
    int k = 0;
    for (; k + 8 <= K; k += 8) {
      most = wasm_f32x4_pmax(most, wasm_f32x4_abs(wasm_v128_load(A + k)));
      also = wasm_f32x4_pmax(also, wasm_f32x4_abs(wasm_v128_load(A + k + 4)));
    }
    for (; k < K; k += 4) most = wasm_f32x4_pmax(most, wasm_f32x4_abs(loadSome(A + k, K - k)));
    most = wasm_f32x4_pmax(most, also);
    most = wasm_f32x4_pmax(most, wasm_i32x4_shuffle(most, most, 2, 3, 0, 1));
    most = wasm_f32x4_pmax(most, wasm_i32x4_shuffle(most, most, 1, 0, 3, 2));
    /* Nothing but next to nothing becomes 0. */
    const float largest = wasm_f32x4_extract_lane(most, 0), kept = largest > 1e-30f ? largest : 0;
    const v128_t by = wasm_f32x4_splat(kept > 0 ? MOST / kept : 0);
    *to.scales = kept * (1 / MOST);
    for (k = 0; k + 8 <= K; k += 8) {
      v128_t a = levels(wasm_v128_load(A + k), by), b = levels(wasm_v128_load(A + k + 4), by);
      wasm_v128_store(to.levels + k, wasm_i16x8_narrow_i32x4(a, b));
    }
    for (; k < K; k += 4) {
      v128_t a = levels(loadSome(A + k, K - k), by);
      wasm_v128_store64_lane(to.levels + k, wasm_i16x8_narrow_i32x4(a, a), 0);
    }
  }
}

/* COUNT × 8 results, as `tile`; two inputs of a row at a time. What lies behind a row's end is multiplied with zeros. */
#define LEVELS_TILE(COUNT)                                                                                                        \
  INLINE void levelsTile##COUNT(const Op *op, int K, const short *A, const float *scales, const short *W, int position, int channel) { \
    v128_t c0[COUNT], c1[COUNT];                                                                                                  \
    for (int i = 0; i < COUNT; i++) c0[i] = c1[i] = wasm_i32x4_splat(0);                                                          \
    _Pragma("clang loop unroll(disable)") for (int k = 0; k < K; k += 2, W += 16) {                                               \
      v128_t w0 = wasm_v128_load(W), w1 = wasm_v128_load(W + 8);                                                                  \
      for (int i = 0; i < COUNT; i++) {                                                                                           \
        v128_t a = wasm_v128_load32_splat(A + i * K + k);                                                                         \
        c0[i] = wasm_i32x4_add(c0[i], wasm_i32x4_dot_i16x8(a, w0));                                                               \
        c1[i] = wasm_i32x4_add(c1[i], wasm_i32x4_dot_i16x8(a, w1));                                                               \
      }                                                                                                                           \
    }                                                                                                                             \
    const v128_t s0 = wasm_v128_load(op->scales + channel), s1 = wasm_v128_load(op->scales + channel + 4);                        \
    const v128_t b0 = wasm_v128_load(op->bias + channel), b1 = wasm_v128_load(op->bias + channel + 4);                            \
    v128_t sums[2 * COUNT];                                                                                                       \
    for (int i = 0; i < COUNT; i++) {                                                                                             \
      v128_t s = wasm_v128_load32_splat(scales + i);                                                                              \
      sums[2 * i] = MADD(wasm_f32x4_convert_i32x4(c0[i]), wasm_f32x4_mul(s, s0), b0);                                             \
      sums[2 * i + 1] = MADD(wasm_f32x4_convert_i32x4(c1[i]), wasm_f32x4_mul(s, s1), b1);                                         \
    }                                                                                                                             \
    finishAll(op, sums, COUNT, position, channel);                                                                                \
  }
LEVELS_TILE(5)
LEVELS_TILE(1)

/* As `multiply`, in integers. */
APART void multiplyLevels(const Op *op, int depth, Rows A, int from, int to, int column, int lastColumn) {
  const int K = levelsOf(depth);
  for (; column < lastColumn; column += 8) {
    const short *W = (const short *)op->weights + column * K, *a = A.levels;
    const float *scales = A.scales;
    int m = from;
    for (; m + 5 <= to; m += 5, a += 5 * K, scales += 5) levelsTile5(op, K, a, scales, W, m, column);
    for (; m < to; m++, a += K, scales++) levelsTile1(op, K, a, scales, W, m, column);
  }
}

#ifdef RELAXED

/* Rows of 8-bit inputs, and three floats of each: step, step · Σ levels, least. */
typedef struct {
  unsigned char *levels;
  float *scales;
} Bytes;

INLINE Bytes bytesAt(void *memory, int count, int K) { return (Bytes){memory, (float *)((unsigned char *)memory + count * levelsOf(K))}; }

INLINE v128_t across(v128_t x) { return wasm_i32x4_shuffle(x, x, 2, 3, 0, 1); }
INLINE v128_t beside(v128_t x) { return wasm_i32x4_shuffle(x, x, 1, 0, 3, 2); }

/* Rows [count][K] of floats as rows of 8-bit integers. */
APART void narrowBytes(const float *A, int count, int K, Bytes to) {
  for (; count > 0; count--, A += K, to.levels += levelsOf(K), to.scales += 3) {
    v128_t most = wasm_f32x4_splat(0), least = most, sum = most;
    int k = 0;
    for (; k + 8 <= K; k += 8) {
      const v128_t a = wasm_v128_load(A + k), b = wasm_v128_load(A + k + 4);
      most = wasm_f32x4_pmax(wasm_f32x4_pmax(most, a), b);
      least = wasm_f32x4_pmin(wasm_f32x4_pmin(least, a), b);
    }
    for (; k < K; k += 4) {
      const v128_t a = loadSome(A + k, K - k);
      most = wasm_f32x4_pmax(most, a), least = wasm_f32x4_pmin(least, a);
    }
    most = wasm_f32x4_pmax(most, across(most)), least = wasm_f32x4_pmin(least, across(least));
    most = wasm_f32x4_pmax(most, beside(most)), least = wasm_f32x4_pmin(least, beside(least));
    /* Nothing but next to nothing becomes 0. */
    const float range = wasm_f32x4_extract_lane(wasm_f32x4_sub(most, least), 0), kept = range > 1e-30f ? range : 0;
    const v128_t by = wasm_f32x4_splat(kept > 0 ? MOST_BYTE / kept : 0);
    for (k = 0; k + 8 <= K; k += 8) {
      const v128_t a = levels(wasm_f32x4_sub(wasm_v128_load(A + k), least), by);
      const v128_t b = levels(wasm_f32x4_sub(wasm_v128_load(A + k + 4), least), by);
      sum = wasm_i32x4_add(sum, wasm_i32x4_add(a, b));
      const v128_t both = wasm_i16x8_narrow_i32x4(a, b);
      wasm_v128_store64_lane(to.levels + k, wasm_u8x16_narrow_i16x8(both, both), 0);
    }
    for (; k < K; k += 4) {
      /* Behind the end of a row with negative numbers, a 0 would be none. */
      const v128_t a = first(levels(wasm_f32x4_sub(wasm_v128_load(A + k), least), by), K - k), both = wasm_i16x8_narrow_i32x4(a, a);
      sum = wasm_i32x4_add(sum, a);
      wasm_v128_store32_lane(to.levels + k, wasm_u8x16_narrow_i16x8(both, both), 0);
    }
    sum = wasm_i32x4_add(sum, across(sum)), sum = wasm_i32x4_add(sum, beside(sum));
    to.scales[0] = kept * (1 / MOST_BYTE);
    to.scales[1] = to.scales[0] * (float)wasm_i32x4_extract_lane(sum, 0);
    to.scales[2] = kept > 0 ? wasm_f32x4_extract_lane(least, 0) : 0;
  }
}

/* Makes shorts of count × 8 sums. The columns' numbers are in their units, a half is in the bias, and no input is less than 0. */
APART void finishByteShorts(const Op *op, const v128_t *sums, int count, const float *scales, int position, int channel) {
  const float *of = op->scales + channel * 3;
  const v128_t s0 = wasm_v128_load(of), s1 = wasm_v128_load(of + 4), o0 = wasm_v128_load(of + 8), o1 = wasm_v128_load(of + 12);
  const v128_t b0 = wasm_v128_load(op->bias + channel), b1 = wasm_v128_load(op->bias + channel + 4);
  for (short *out = shortsOf(op, position, channel); count > 0; count--, sums += 2, scales += 3, out += op->outStride) {
    const v128_t step = wasm_v128_load32_splat(scales), levels = wasm_v128_load32_splat(scales + 1);
    const v128_t a = MADD(wasm_f32x4_convert_i32x4(sums[0]), wasm_f32x4_mul(step, s0), MADD(levels, o0, b0));
    const v128_t b = MADD(wasm_f32x4_convert_i32x4(sums[1]), wasm_f32x4_mul(step, s1), MADD(levels, o1, b1));
    wasm_v128_store(out, shorten(a, b));
  }
}

/* Makes floats of count × 8 sums, and what becomes of those. */
APART void finishBytes(const Op *op, v128_t *sums, int count, const float *scales, int position, int channel) {
  if (op->outUnits > 0) {
    finishByteShorts(op, sums, count, scales, position, channel);
    return;
  }
  for (int half = 0; half < 2; half++) {
    const float *of = op->scales + channel * 3 + half * 4;
    const v128_t scale = wasm_v128_load(of), offset = wasm_v128_load(of + 8), sum = wasm_v128_load(of + 16);
    const v128_t bias = wasm_v128_load(op->bias + channel + half * 4);
    for (int i = 0; i < count; i++) {
      const v128_t step = wasm_v128_load32_splat(scales + 3 * i), levels = wasm_v128_load32_splat(scales + 3 * i + 1);
      const v128_t rest = MADD(wasm_v128_load32_splat(scales + 3 * i + 2), sum, MADD(levels, offset, bias));
      sums[2 * i + half] = MADD(wasm_f32x4_convert_i32x4(sums[2 * i + half]), wasm_f32x4_mul(step, scale), rest);
    }
  }
  finishAll(op, sums, count, position, channel);
}

/*
 * COUNT × 8 results, as `tile`; four inputs of a row at a time. What lies behind a row's end is multiplied with zeros. With an instruction for
 * it, 6 rows do not spill, and are 8 % faster than 5.
 */
#define BYTES_TILE(COUNT)                                                                                                        \
  INLINE void bytesTile##COUNT(const Op *op, int K, const unsigned char *A, const float *scales, const signed char *W, int position, int channel) { \
    v128_t c0[COUNT], c1[COUNT];                                                                                                  \
    for (int i = 0; i < COUNT; i++) c0[i] = c1[i] = wasm_i32x4_splat(0);                                                          \
    _Pragma("clang loop unroll(disable)") for (int k = 0; k < K; k += 4, W += 32) {                                               \
      v128_t w0 = wasm_v128_load(W), w1 = wasm_v128_load(W + 16);                                                                 \
      for (int i = 0; i < COUNT; i++) {                                                                                           \
        v128_t a = wasm_v128_load32_splat(A + i * K + k);                                                                         \
        c0[i] = wasm_i32x4_relaxed_dot_i8x16_i7x16_add(w0, a, c0[i]);                                                             \
        c1[i] = wasm_i32x4_relaxed_dot_i8x16_i7x16_add(w1, a, c1[i]);                                                             \
      }                                                                                                                           \
    }                                                                                                                             \
    v128_t sums[2 * COUNT];                                                                                                       \
    for (int i = 0; i < COUNT; i++) sums[2 * i] = c0[i], sums[2 * i + 1] = c1[i];                                                 \
    finishBytes(op, sums, COUNT, scales, position, channel);                                                                      \
  }

BYTES_TILE(6)
BYTES_TILE(5)
BYTES_TILE(1)

/* Rows of a matrix product of 8-bit integers, in 8 columns: six rows at a time, and five for the rest that leaves. */
INLINE void bytesPanel(const Op *op, int K, const unsigned char *A, const float *scales, const signed char *W, int from, int to, int column) {
  const int rest = (6 - (to - from) % 6) % 6;
  for (; to - from >= 6 + 5 * rest; from += 6, A += 6 * K, scales += 18) bytesTile6(op, K, A, scales, W, from, column);
  for (; from + 5 <= to; from += 5, A += 5 * K, scales += 15) bytesTile5(op, K, A, scales, W, from, column);
  for (; from < to; from++, A += K, scales += 3) bytesTile1(op, K, A, scales, W, from, column);
}

/* RUN × 4 inputs of COUNT rows, by 4 columns: pairs of products are added up in 16 bits, and those in 32. */
INLINE void addRun(int COUNT, int RUN, int K, const unsigned char *A, const signed char *W, v128_t *sums) {
  v128_t w[4];
  for (int k = 0; k < RUN; k++) w[k] = wasm_v128_load(W + 32 * k);
  for (int i = 0; i < COUNT; i++) {
    v128_t pairs = wasm_i16x8_relaxed_dot_i8x16_i7x16(w[0], wasm_v128_load32_splat(A + i * K));
    for (int k = 1; k < RUN; k++)
      pairs = wasm_i16x8_add(pairs, wasm_i16x8_relaxed_dot_i8x16_i7x16(w[k], wasm_v128_load32_splat(A + i * K + 4 * k)));
    sums[i] = wasm_i32x4_add(sums[i], wasm_i32x4_extadd_pairwise_i16x8(pairs));
  }
}

/* COUNT × 8 results, four columns after the other: more would spill. */
INLINE void pairsTile(int COUNT, int RUN, const Op *op, int K, const unsigned char *A, const float *scales, const signed char *W, int position,
                      int channel) {
  v128_t all[16];
  for (int half = 0; half < 2; half++) {
    const signed char *w = W + 16 * half;
    v128_t sums[8];
    for (int i = 0; i < COUNT; i++) sums[i] = wasm_i32x4_splat(0);
    int k = 0;
    _Pragma("clang loop unroll(disable)") for (; k + 4 * RUN <= K; k += 4 * RUN, w += 32 * RUN) addRun(COUNT, RUN, K, A + k, w, sums);
    if (RUN > 2 && k < K) addRun(COUNT, 2, K, A + k, w, sums);
    for (int i = 0; i < COUNT; i++) all[2 * i + half] = sums[i];
  }
  finishBytes(op, all, COUNT, scales, position, channel);
}

/* As `bytesPanel`, of weights that let RUN × 4 products be added up in pairs. */
#define PAIRS_PANEL(RUN)                                                                                                            \
  APART void pairsPanel##RUN(const Op *op, int K, const unsigned char *A, const float *scales, const signed char *W, int from, int to, \
                             int column) {                                                                                          \
    for (; from + 8 <= to; from += 8, A += 8 * K, scales += 24) pairsTile(8, RUN, op, K, A, scales, W, from, column);               \
    for (; from < to; from++, A += K, scales += 3) pairsTile(1, RUN, op, K, A, scales, W, from, column);                            \
  }
PAIRS_PANEL(4)
PAIRS_PANEL(2)

/* As `multiply`, in 8-bit integers. */
APART void multiplyBytes(const Op *op, int depth, Bytes A, int from, int to, int column, int lastColumn) {
  const int K = levelsOf(depth);
  for (; column < lastColumn; column += 8) {
    const signed char *W = (const signed char *)op->weights + column * K;
    const int run = op->runs ? op->runs[column / 8] : 1;
    if (run == 4) pairsPanel4(op, K, A.levels, A.scales, W, from, to, column);
    else if (run == 2) pairsPanel2(op, K, A.levels, A.scales, W, from, to, column);
    else bytesPanel(op, K, A.levels, A.scales, W, from, to, column);
  }
}

/* The larger of each of eight sums of weights above 0, and of those below. */
INLINE v128_t larger(v128_t above, v128_t below) { return wasm_i16x8_max(above, wasm_i16x8_neg(below)); }

/*
 * How many fours of inputs may be multiplied by the weights of each panel before a sum of pairs could leave 16 bits, whatever the inputs: 4, 2,
 * or 1, of which `bytesPanel` makes more.
 */
void EXPORT(runs)(const signed char *W, int K, int panels, unsigned char *runs) {
  const v128_t zero = wasm_i16x8_splat(0), most = wasm_i16x8_splat(MOST_RUN);
  for (; panels > 0; panels--) {
    v128_t two = zero, four = zero;
    /* Two fours at a time, of which every second ends a run of four. */
    v128_t above[2] = {zero, zero}, below[2] = {zero, zero};
    for (int k = 0; k < K; k += 8, W += 64) {
      for (int half = 0; half < 2; half++) {
        const v128_t a = wasm_v128_load(W + 16 * half), b = wasm_v128_load(W + 16 * half + 32);
        const v128_t up = wasm_i16x8_add(wasm_i16x8_extadd_pairwise_i8x16(wasm_i8x16_max(a, zero)),
                                         wasm_i16x8_extadd_pairwise_i8x16(wasm_i8x16_max(b, zero)));
        const v128_t down = wasm_i16x8_add(wasm_i16x8_extadd_pairwise_i8x16(wasm_i8x16_min(a, zero)),
                                           wasm_i16x8_extadd_pairwise_i8x16(wasm_i8x16_min(b, zero)));
        above[half] = k & 8 ? wasm_i16x8_add(above[half], up) : up, below[half] = k & 8 ? wasm_i16x8_add(below[half], down) : down;
        two = wasm_i16x8_max(two, larger(up, down)), four = wasm_i16x8_max(four, larger(above[half], below[half]));
      }
    }
    const int fits4 = !wasm_v128_any_true(wasm_i16x8_gt(four, most)), fits2 = !wasm_v128_any_true(wasm_i16x8_gt(two, most));
    *runs++ = fits4 ? 4 : fits2 ? 2 : 1;
  }
}

/*
 * What the relaxed instruction makes of an eighth bit tells which one the processor has: four products of 127 and 255 are 129,540 where
 * one instruction adds them up as they are, −508 where the bit is a sign, 65,534 where pairs are cut off at 16 bits, which takes five
 * instructions. What is multiplied is not written here, lest a compiler know the answer.
 */
int EXPORT(probe)(int a, int b) {
  return wasm_i32x4_extract_lane(wasm_i32x4_relaxed_dot_i8x16_i7x16_add(wasm_i8x16_splat((signed char)a), wasm_i8x16_splat((signed char)b), wasm_i32x4_splat(0)), 0);
}

#endif

/* A place of the window: the result's row and column, the input's that the window begins at, and what of the window lies inside. */
typedef struct {
  int row, column;
  int y, x, firstY, lastY, firstX, lastX;
} Place;

INLINE int clip(int n, int low, int high) { return n < low ? low : n > high ? high : n; }

INLINE void place(const Window *w, Place *p) {
  p->y = p->row * w->stride - w->top;
  p->x = p->column * w->stride - w->left;
  p->firstY = clip(-p->y, 0, w->kh), p->lastY = clip(w->inH - p->y, 0, w->kh);
  p->firstX = clip(-p->x, 0, w->kw), p->lastX = clip(w->inW - p->x, 0, w->kw);
}

/* Divides once a chunk rather than once a result. */
INLINE Place placeOf(const Op *op, int position) {
  Place p = {.row = position / op->outW, .column = position % op->outW};
  place(&op->window, &p);
  return p;
}

INLINE void advance(const Op *op, Place *p, int by) {
  p->column += by;
  if (p->column >= op->outW) p->column = 0, p->row++;
  place(&op->window, p);
}

/* One result of a depthwise convolution, wherever the window lies. */
INLINE void depthwiseOne(const Window *w, const Place *p, const float *in, const float *weights, const float *bias, const Activation *act,
                         float *out) {
  for (int c = 0; c < w->C; c += 4) {
    v128_t sum = wasm_v128_load(bias + c);
    for (int ky = p->firstY; ky < p->lastY; ky++) {
      const float *from = in + ((p->y + ky) * w->inW + p->x) * w->C + c, *k = weights + ky * w->kw * w->C + c;
      for (int kx = p->firstX; kx < p->lastX; kx++) sum = MADD(wasm_v128_load(from + kx * w->C), wasm_v128_load(k + kx * w->C), sum);
    }
    store(out + c, activate(sum, act, c), w->C - c);
  }
}

/* Four neighbors of a 3×3 one, no column outside the picture: each weight is loaded once, each input at most twice. */
INLINE void depthwiseFour(const Window *w, const Place *p, const float *in, const float *weights, const float *bias, const Activation *act,
                          int stride, float *out, int outStride) {
  const int C = w->C;
  for (int c = 0; c < C; c += 4) {
    v128_t s0 = wasm_v128_load(bias + c), s1 = s0, s2 = s0, s3 = s0;
    for (int ky = p->firstY; ky < p->lastY; ky++) {
      const float *x = in + ((p->y + ky) * w->inW + p->x) * C + c, *k = weights + ky * 3 * C + c;
      for (int kx = 0; kx < 3; kx++, k += C, x += C) {
        v128_t weight = wasm_v128_load(k);
        s0 = MADD(wasm_v128_load(x), weight, s0);
        s1 = MADD(wasm_v128_load(x + stride * C), weight, s1);
        s2 = MADD(wasm_v128_load(x + 2 * stride * C), weight, s2);
        s3 = MADD(wasm_v128_load(x + 3 * stride * C), weight, s3);
      }
    }
    store(out + c, activate(s0, act, c), C - c);
    store(out + outStride + c, activate(s1, act, c), C - c);
    store(out + 2 * outStride + c, activate(s2, act, c), C - c);
    store(out + 3 * outStride + c, activate(s3, act, c), C - c);
  }
}

/* Results `from` … `to` of a depthwise convolution, `outStride` apart. */
APART void depthwise(const Op *op, const float *weights, const float *bias, const Activation *act, int from, int to, float *out,
                      int outStride) {
  const Window *w = &op->window;
  Place p = placeOf(op, from);
  for (int left = to - from; left > 0;) {
    int four = w->kh == 3 && w->kw == 3 && left >= 4 && p.column + 4 <= op->outW && p.x >= 0 && p.x + 3 * w->stride + 3 <= w->inW;
    if (four && w->stride == 1) depthwiseFour(w, &p, op->in, weights, bias, act, 1, out, outStride);
    else if (four) depthwiseFour(w, &p, op->in, weights, bias, act, w->stride, out, outStride);
    else depthwiseOne(w, &p, op->in, weights, bias, act, out);
    int made = four ? 4 : 1;
    left -= made;
    out += made * outStride;
    advance(op, &p, made);
  }
}

#ifdef RELAXED

/* Shorts as the last three rows of a depthwise convolution's weights have it: bias, cap, factor. */
INLINE v128_t capped(v128_t sum, const short *cap, int C) {
  const v128_t inside = wasm_i16x8_min(wasm_i16x8_max(sum, wasm_i16x8_splat(0)), wasm_v128_load(cap));
  return wasm_i16x8_mul(inside, wasm_v128_load(cap + C));
}

INLINE v128_t shortProduct(const short *x, v128_t weight, v128_t sum) {
  return wasm_i16x8_add(sum, wasm_i16x8_relaxed_q15mulr(wasm_v128_load(x), weight));
}

/* The largest of eight shorts, none of them less than 0. */
INLINE int largestOf(v128_t x) {
  x = wasm_i16x8_max(x, across(x));
  x = wasm_i16x8_max(x, beside(x));
  const int a = wasm_i16x8_extract_lane(x, 0), b = wasm_i16x8_extract_lane(x, 1);
  return a > b ? a : b;
}

/* A row of shorts, the largest of them `most`, as 8-bit integers: the largest becomes 127, or what is next to nothing stays as it is. */
APART void narrowShorts(const short *from, int most, int C, float unit, Bytes to) {
  const int by = most > 127 ? (127 << 15) / most : 32767;
  const v128_t factor = wasm_i16x8_splat((short)by), ones = wasm_i8x16_splat(1);
  v128_t sum = wasm_i32x4_splat(0);
  int c = 0;
  for (; c + 16 <= C; c += 16) {
    const v128_t a = wasm_i16x8_relaxed_q15mulr(wasm_v128_load(from + c), factor);
    const v128_t b = wasm_i16x8_relaxed_q15mulr(wasm_v128_load(from + c + 8), factor);
    const v128_t levels = wasm_u8x16_narrow_i16x8(a, b);
    sum = wasm_i32x4_relaxed_dot_i8x16_i7x16_add(ones, levels, sum);
    wasm_v128_store(to.levels + c, levels);
  }
  if (c < C) {
    const v128_t levels = wasm_u8x16_narrow_i16x8(wasm_i16x8_relaxed_q15mulr(wasm_v128_load(from + c), factor), wasm_i16x8_splat(0));
    sum = wasm_i32x4_relaxed_dot_i8x16_i7x16_add(ones, levels, sum);
    wasm_v128_store64_lane(to.levels + c, levels, 0);
  }
  sum = wasm_i32x4_add(sum, across(sum)), sum = wasm_i32x4_add(sum, beside(sum));
  to.scales[0] = unit * 32768 / (float)by;
  to.scales[1] = to.scales[0] * (float)wasm_i32x4_extract_lane(sum, 0);
  to.scales[2] = 0;
}

/* As `depthwiseOne` and `depthwiseFour`, of shorts; the largest of each row goes to `most`. */
INLINE void shortOne(const Window *w, const Place *p, const short *in, const short *taps, short *out, int *most) {
  const int C = w->C;
  const short *bias = taps + w->kh * w->kw * C;
  v128_t largest = wasm_i16x8_splat(0);
  for (int c = 0; c < C; c += 8) {
    v128_t sum = wasm_v128_load(bias + c);
    for (int ky = p->firstY; ky < p->lastY; ky++) {
      const short *x = in + ((p->y + ky) * w->inW + p->x) * C + c, *k = taps + ky * w->kw * C + c;
      for (int kx = p->firstX; kx < p->lastX; kx++) sum = shortProduct(x + kx * C, wasm_v128_load(k + kx * C), sum);
    }
    sum = capped(sum, bias + C + c, C);
    largest = wasm_i16x8_max(largest, sum);
    wasm_v128_store(out + c, sum);
  }
  most[0] = largestOf(largest);
}

INLINE void shortFour(const Window *w, const Place *p, const short *in, const short *taps, int stride, short *out, int *most) {
  const int C = w->C;
  const short *bias = taps + 9 * C;
  v128_t m0 = wasm_i16x8_splat(0), m1 = m0, m2 = m0, m3 = m0;
  for (int c = 0; c < C; c += 8) {
    v128_t s0 = wasm_v128_load(bias + c), s1 = s0, s2 = s0, s3 = s0;
    for (int ky = p->firstY; ky < p->lastY; ky++) {
      const short *x = in + ((p->y + ky) * w->inW + p->x) * C + c, *k = taps + ky * 3 * C + c;
      for (int kx = 0; kx < 3; kx++, k += C, x += C) {
        const v128_t weight = wasm_v128_load(k);
        s0 = shortProduct(x, weight, s0);
        s1 = shortProduct(x + stride * C, weight, s1);
        s2 = shortProduct(x + 2 * stride * C, weight, s2);
        s3 = shortProduct(x + 3 * stride * C, weight, s3);
      }
    }
    const short *cap = bias + C + c;
    s0 = capped(s0, cap, C), s1 = capped(s1, cap, C), s2 = capped(s2, cap, C), s3 = capped(s3, cap, C);
    m0 = wasm_i16x8_max(m0, s0), m1 = wasm_i16x8_max(m1, s1), m2 = wasm_i16x8_max(m2, s2), m3 = wasm_i16x8_max(m3, s3);
    wasm_v128_store(out + c, s0), wasm_v128_store(out + C + c, s1), wasm_v128_store(out + 2 * C + c, s2), wasm_v128_store(out + 3 * C + c, s3);
  }
  most[0] = largestOf(m0), most[1] = largestOf(m1), most[2] = largestOf(m2), most[3] = largestOf(m3);
}

/* Rows `from` … `to` of 8-bit integers, of what a depthwise convolution makes of shorts; `scratch` has room for four rows of shorts. */
APART void shortsToBytes(const Op *op, short *scratch, int from, int to, Bytes rows) {
  const Window *w = &op->window;
  const short *in = (const short *)op->in, *taps = (const short *)op->frontWeights;
  const float unit = op->frontActivation.high * (1 / 32767.0f);
  Place p = placeOf(op, from);
  for (int left = to - from; left > 0;) {
    int most[4];
    int four = w->kh == 3 && w->kw == 3 && left >= 4 && p.column + 4 <= op->outW && p.x >= 0 && p.x + 3 * w->stride + 3 <= w->inW;
    if (four && w->stride == 1) shortFour(w, &p, in, taps, 1, scratch, most);
    else if (four) shortFour(w, &p, in, taps, w->stride, scratch, most);
    else shortOne(w, &p, in, taps, scratch, most);
    int made = four ? 4 : 1;
    for (int i = 0; i < made; i++, rows.levels += w->C, rows.scales += 3) narrowShorts(scratch + i * w->C, most[i], w->C, unit, rows);
    left -= made;
    advance(op, &p, made);
  }
}

#endif

/* The windows of results `from` … `to`, [to − from][kh · kw · C], zero outside the picture. Writes up to three floats more. */
APART void windows(const Op *op, int from, int to, float *out) {
  const Window *w = &op->window;
  const int row = w->kw * w->C;
  Place p = placeOf(op, from);
  for (int left = to - from; left > 0; left--, advance(op, &p, 1))
    for (int ky = 0; ky < w->kh; ky++, out += row) {
      const float *in = op->in + ((p.y + ky) * w->inW + p.x) * w->C;
      int first = p.firstX * w->C, last = ky >= p.firstY && ky < p.lastY ? p.lastX * w->C : 0;
      if (last - first == row)
        for (int i = 0; i < row; i += 4) wasm_v128_store(out + i, wasm_v128_load(in + i));
      else
        for (int i = 0; i < row; i++) out[i] = i >= first && i < last ? in[i] : 0;
    }
}

/* How many inputs one result is made of. */
INLINE int depthOf(const Op *op) { return (op->frontWeights ? 1 : op->window.kh * op->window.kw) * op->window.C; }

/* What results `from` … `to` are made of, [to − from][depth]: the input as it is, or what is made of it in `scratch`. */
APART const float *inputsOf(const Op *op, float *scratch, int from, int to) {
  const Window *w = &op->window;
  if (op->frontWeights) {
    depthwise(op, op->frontWeights, op->frontBias, &op->frontActivation, from, to, scratch, w->C);
  } else if (w->kh * w->kw * w->stride == 1 && op->positions == w->inH * w->inW) { /* no padding either */
    return op->in + from * w->C;
  } else {
    windows(op, from, to, scratch);
  }
  return scratch;
}

/* Behind the floats, of which `windows` writes up to three too many. */
INLINE void *behind(float *scratch, int floats) { return scratch + ((floats + 6) & ~3); }

#ifdef RELAXED
/* Rows `from` … `to` of 8-bit integers. */
APART void makeBytes(const Op *op, float *scratch, int from, int to, Bytes rows) {
  if (op->inKind == SHORTS) shortsToBytes(op, (short *)scratch, from, to, rows);
  else narrowBytes(inputsOf(op, scratch, from, to), to - from, depthOf(op), rows);
}

static void convolveBytes(const Op *op, float *scratch, int from, int to, int column, int lastColumn) {
  const int K = depthOf(op);
  Bytes rows;
  if (op->inKind == INTEGERS) {
    rows = bytesAt((void *)op->in, op->positions, K);
    rows.levels += from * levelsOf(K), rows.scales += 3 * from;
  } else {
    rows = bytesAt(behind(scratch, op->inKind == SHORTS ? 2 * K : (to - from) * K), to - from, K);
    makeBytes(op, scratch, from, to, rows);
  }
  multiplyBytes(op, K, rows, from, to, column, lastColumn);
}
#endif

APART void convolve(const Op *op, float *scratch, int from, int to, int column, int lastColumn) {
  const int K = depthOf(op);
#ifdef RELAXED
  if (op->bits == 8) {
    convolveBytes(op, scratch, from, to, column, lastColumn);
    return;
  }
#endif
  if (op->inKind == INTEGERS) {
    Rows rows = rowsAt((void *)op->in, op->positions, K);
    rows.levels += from * levelsOf(K), rows.scales += from;
    multiplyLevels(op, K, rows, from, to, column, lastColumn);
    return;
  }
  const float *inputs = inputsOf(op, scratch, from, to);
  if (!op->bits) {
    multiply(op, K, inputs, from, to, column, lastColumn);
    return;
  }
  Rows rows = rowsAt(behind(scratch, (to - from) * K), to - from, K);
  narrow(inputs, to - from, K, rows);
  multiplyLevels(op, K, rows, from, to, column, lastColumn);
}

/* What a convolution is to read as integers, where threads share its columns: each would have to make them all otherwise. */
static void makeRows(const Op *op, float *scratch, int from, int to) {
  const int K = depthOf(op);
#ifdef RELAXED
  if (op->bits == 8) {
    Bytes bytes = bytesAt(op->out, op->positions, K);
    bytes.levels += from * levelsOf(K), bytes.scales += 3 * from;
    makeBytes(op, scratch, from, to, bytes);
    return;
  }
#endif
  Rows rows = rowsAt(op->out, op->positions, K);
  rows.levels += from * levelsOf(K), rows.scales += from;
  narrow(inputsOf(op, scratch, from, to), to - from, K, rows);
}

/* The largest of each channel in a window, 4 · VECTORS channels, of which `count` exist. */
#define LARGEST(VECTORS)                                                                                      \
  INLINE void largest##VECTORS(const Window *w, const Place *p, const float *in, float *out, int count) {     \
    v128_t best[VECTORS];                                                                                     \
    for (int i = 0; i < VECTORS; i++) best[i] = wasm_f32x4_splat(-__builtin_inff());                          \
    for (int ky = p->firstY; ky < p->lastY; ky++) {                                                           \
      const float *from = in + ((p->y + ky) * w->inW + p->x + p->firstX) * w->C;                              \
      for (int kx = p->firstX; kx < p->lastX; kx++, from += w->C)                                             \
        for (int i = 0; i < VECTORS; i++) best[i] = wasm_f32x4_pmax(best[i], wasm_v128_load(from + 4 * i));   \
    }                                                                                                         \
    for (int i = 0; i < VECTORS; i++) store(out + 4 * i, best[i], count - 4 * i);                             \
  }
LARGEST(8)
LARGEST(1)

static void maxPool(const Op *op, int from, int to) {
  const Window *w = &op->window;
  Place p = placeOf(op, from);
  for (float *out = op->out + from * op->outStride; from < to; from++, out += op->outStride, advance(op, &p, 1)) {
    int c = 0;
    for (; c + 32 <= w->C; c += 32) largest8(w, &p, op->in + c, out + c, 32);
    for (; c < w->C; c += 4) largest1(w, &p, op->in + c, out + c, w->C - c);
  }
}

/* The mean of every channel over the whole picture. */
static void mean(const Op *op) {
  const int C = op->window.C, count = op->window.inH * op->window.inW;
  for (int c = 0; c < C; c += 4) {
    v128_t sum = wasm_f32x4_splat(0);
    for (int i = 0; i < count; i++) sum = wasm_f32x4_add(sum, wasm_v128_load(op->in + i * C + c));
    store(op->out + c, wasm_f32x4_mul(sum, wasm_f32x4_splat(1.0f / count)), C - c);
  }
}

/* What no convolution takes in: factors, addends and a sum, value by value. */
static void pointwise(const Op *op, int from, int to) {
  const int C = op->outC;
  for (const float *in = op->in + from * C; from < to; from++, in += C)
    for (int c = 0; c < C; c += 4)
      finish(MADD(wasm_v128_load(in + c), wasm_v128_load((const float *)op->weights + c), wasm_v128_load(op->bias + c)), op, from, c);
}

static void work(const Op *op, int chunk, float *scratch) {
  int limit = op->byColumns ? op->outC : op->positions, from = chunk * op->chunk;
  int to = from + op->chunk < limit ? from + op->chunk : limit;
  switch (op->kind) {
    case CONVOLUTION:
      if (op->byColumns) convolve(op, scratch, 0, op->positions, from, to);
      else convolve(op, scratch, from, to, 0, op->outC);
      break;
    case DEPTHWISE: depthwise(op, op->weights, op->bias, &op->activation, from, to, op->out + from * op->outStride, op->outStride); break;
    case MAX_POOL: maxPool(op, from, to); break;
    case MEAN: mean(op); break;
    case POINTWISE: pointwise(op, from, to); break;
    case ROWS: makeRows(op, scratch, from, to); break;
  }
}

/* What the threads share; one in each memory. */
typedef struct {
  float *scratch; /* room for the windows of a chunk (see encodeSteps.ts), one for each thread */
  int stride;     /* floats from one thread's room to the next one's */
  int generation; /* counts runs; helpers wait for it to change */
  int state;      /* helpers inside the run, plus OPEN while they may enter */
  Op *ops;
  int count;
  int threads; /* that chunks are shared out to */
} Meeting;

#ifndef THREADS

/* Runs a network. */
void EXPORT(run)(Op *ops, int count, Meeting *meeting, int helpers) {
  (void)helpers;
  for (Op *op = ops; op < ops + count; op++)
    for (int i = 0; i < op->chunks; i++) work(op, i, meeting->scratch);
}

#else

/*
 * How often a thread looks before it sleeps: within a run, some microseconds; between runs, about a tenth of a millisecond. Networks follow each other within a
 * frame, and a helper that is awake starts with the first operation, on the processor where it ran before.
 */
enum { OPEN = 1 << 16, SPINS = 4000, IDLE_SPINS = 200000 };

#define LOAD(p) __atomic_load_n(p, __ATOMIC_SEQ_CST)

/* Takes chunks until none of any op is left, first those of thread `me`. */
static void takePart(Op *ops, int count, int threads, int me, float *scratch) {
  for (Op *op = ops; op < ops + count; op++) {
    for (int i = 0; i < threads; i++) {
      const int owner = (me + i) % threads, first = op->chunks * owner / threads, share = op->chunks * (owner + 1) / threads - first;
      while (LOAD(&op->next[owner]) < share) {
        int taken = __atomic_fetch_add(&op->next[owner], 1, __ATOMIC_SEQ_CST);
        if (taken >= share) break;
        work(op, first + taken, scratch);
        if (__atomic_add_fetch(&op->done, 1, __ATOMIC_SEQ_CST) == op->chunks) __builtin_wasm_memory_atomic_notify(&op->done, 64);
      }
    }
    /* Others still compute: spinning, for some microseconds, is quicker than being woken up. */
    for (int spin = 0, seen; (seen = LOAD(&op->done)) < op->chunks; spin++)
      if (spin > SPINS) __builtin_wasm_memory_atomic_wait32(&op->done, seen, 200000 /* ns */);
  }
}

/* Lets `helpers` other threads begin to run a network, which then has to be run, by this thread too, before any other is. */
void EXPORT(begin)(Op *ops, int count, Meeting *meeting, int helpers) {
  for (Op *op = ops; op < ops + count; op++) op->next[0] = op->next[1] = op->next[2] = op->next[3] = op->done = 0;
  meeting->threads = helpers < 3 ? helpers + 1 : 4;
  meeting->ops = ops;
  meeting->count = count;
  if (helpers == 0) return;
  __atomic_store_n(&meeting->state, OPEN, __ATOMIC_SEQ_CST);
  __atomic_add_fetch(&meeting->generation, 1, __ATOMIC_SEQ_CST);
  __builtin_wasm_memory_atomic_notify(&meeting->generation, (unsigned)helpers);
}

/* Runs a network, or what is left of one that was begun, with `helpers` other threads if they come. */
void EXPORT(run)(Op *ops, int count, Meeting *meeting, int helpers, int begun) {
  if (!begun) begin(ops, count, meeting, helpers);
  takePart(ops, count, meeting->threads, 0, meeting->scratch);
  /* Nobody enters any more; the counters may be set back once the last helper has left. */
  if (helpers > 0) __atomic_and_fetch(&meeting->state, ~OPEN, __ATOMIC_SEQ_CST);
  while (LOAD(&meeting->state) != 0) {}
}

/* The life of helper `thread` (1, 2 …): waits until there is a run, takes part, waits again. Ends with its worker. */
void EXPORT(help)(Meeting *meeting, int thread) {
  for (int seen = LOAD(&meeting->generation);;) {
    int now;
    for (int spin = 0; (now = LOAD(&meeting->generation)) == seen; spin++)
      if (spin > IDLE_SPINS) __builtin_wasm_memory_atomic_wait32(&meeting->generation, seen, -1);
    seen = now;
    int state = LOAD(&meeting->state);
    while ((state & OPEN) && !__atomic_compare_exchange_n(&meeting->state, &state, state + 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {}
    if (!(state & OPEN)) continue;
    takePart(meeting->ops, meeting->count, meeting->threads, thread, meeting->scratch + thread * meeting->stride);
    __atomic_sub_fetch(&meeting->state, 1, __ATOMIC_SEQ_CST);
  }
}

#endif

/* Halves an RGBA picture as geometry/Pixels.ts does: each result is the mean of 2×2, an odd last row or column repeated. */
void EXPORT(halve)(const unsigned char *in, int width, int height, unsigned char *out) {
  const int w = (width + 1) >> 1, h = (height + 1) >> 1;
  for (int y = 0; y < h; y++) {
    const unsigned char *top = in + 2 * y * width * 4, *bottom = 2 * y + 1 < height ? top + width * 4 : top;
    int x = 0;
    for (; 2 * x + 4 <= width; x += 2) {
      v128_t a = wasm_v128_load(top + 8 * x), b = wasm_v128_load(bottom + 8 * x);
      v128_t low = wasm_i16x8_add(wasm_u16x8_extend_low_u8x16(a), wasm_u16x8_extend_low_u8x16(b));
      v128_t high = wasm_i16x8_add(wasm_u16x8_extend_high_u8x16(a), wasm_u16x8_extend_high_u8x16(b));
      v128_t even = wasm_i16x8_shuffle(low, high, 0, 1, 2, 3, 8, 9, 10, 11), odd = wasm_i16x8_shuffle(low, high, 4, 5, 6, 7, 12, 13, 14, 15);
      v128_t sum = wasm_u16x8_shr(wasm_i16x8_add(wasm_i16x8_add(even, odd), wasm_i16x8_splat(2)), 2);
      wasm_v128_store64_lane(out + (y * w + x) * 4, wasm_u8x16_narrow_i16x8(sum, sum), 0);
    }
    for (; x < w; x++) {
      int left = 8 * x, right = 2 * x + 1 < width ? left + 4 : left;
      for (int c = 0; c < 4; c++)
        out[(y * w + x) * 4 + c] = (unsigned char)((top[left + c] + top[right + c] + bottom[left + c] + bottom[right + c] + 2) >> 2);
    }
  }
}

INLINE v128_t pixel(const unsigned char *at) {
  return wasm_f32x4_convert_u32x4(wasm_u32x4_extend_low_u16x8(wasm_u16x8_extend_low_u8x16(wasm_v128_load32_zero(at))));
}

/*
 * Samples a square of `size` pixels bilinearly as geometry/warp.ts does: output pixel (i, j) lies at x = a·i − b·j + tx, y = b·i + a·j + ty on the grid of
 * pixel centers; the edge repeats. RGB, value · scale + offset. Writes one float beyond the end.
 */
void EXPORT(warp)(const unsigned char *in, int width, int height, float a, float b, float tx, float ty, int size, float scale, float offset,
                  float *out) {
  const float lastX = (float)(width - 1), lastY = (float)(height - 1);
  const v128_t by = wasm_f32x4_splat(scale), plus = wasm_f32x4_splat(offset);
  for (int j = 0; j < size; j++)
    for (int i = 0; i < size; i++, out += 3) {
      float x = a * (float)i - b * (float)j + tx, y = b * (float)i + a * (float)j + ty;
      x = x < 0 ? 0 : x > lastX ? lastX : x;
      y = y < 0 ? 0 : y > lastY ? lastY : y;
      int column = (int)x, row = (int)y;
      const unsigned char *at = in + (row * width + column) * 4;
      int right = column < width - 1 ? 4 : 0, below = row < height - 1 ? width * 4 : 0;
      v128_t fx = wasm_f32x4_splat(x - (float)column), fy = wasm_f32x4_splat(y - (float)row);
      v128_t p00 = pixel(at), p01 = pixel(at + below);
      v128_t top = wasm_f32x4_add(p00, wasm_f32x4_mul(fx, wasm_f32x4_sub(pixel(at + right), p00)));
      v128_t bottom = wasm_f32x4_add(p01, wasm_f32x4_mul(fx, wasm_f32x4_sub(pixel(at + below + right), p01)));
      v128_t value = wasm_f32x4_add(top, wasm_f32x4_mul(fy, wasm_f32x4_sub(bottom, top)));
      wasm_v128_store(out, wasm_f32x4_add(wasm_f32x4_mul(value, by), plus));
    }
}
