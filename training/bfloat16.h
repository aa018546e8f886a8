/* bfloat16 is the upper half of a float32. */
#include <stdint.h>

static inline float widen(uint16_t v) {
    union { uint32_t u; float f; } x = {(uint32_t)v << 16};
    return x.f;
}

static inline uint16_t narrow(float v) { /* round to nearest even */
    union { float f; uint32_t u; } x = {v};
    return (uint16_t)((x.u + 0x7fff + ((x.u >> 16) & 1)) >> 16);
}
