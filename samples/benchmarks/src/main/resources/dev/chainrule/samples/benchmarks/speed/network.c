/* A network of fixed sizes: the yardstick. Sizes and activations are given to the compiler, one program a network:
 *
 *   cc -O3 -march=native -ffast-math -DN0=3 -DN1=4 -DN2=4 -DN3=1 -DF1=TANH -DF2=TANH -DF3=TANH network.c -lm
 *
 * Without N3 and F3 there are two layers; with -DREAL=float all is in float. Usage:
 *
 *   a.out OPERATION values              the outputs of the first record, or the gradient
 *   a.out OPERATION MILLISECONDS N      nanoseconds a record: warms up, then the median of N samples
 *
 * The parameters of a layer: weights, in x out, row-major, then biases. The loss is the sum of squares. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tgmath.h>
#include <time.h>

#ifndef REAL
#define REAL double
#endif
typedef REAL real;

#define INLINE static inline __attribute__((always_inline))
#define NOINLINE static __attribute__((noinline))
#define EACH(i, n) for (int i = 0; i < (n); i++)

enum { SIGMOID, TANH, RELU, IDENTITY };
enum { RECORDS = 64 };
typedef const real *restrict in;
typedef real *restrict out;

/* Where the layers start among the parameters. */
#define P1 0
#define P2 (N0 * N1 + N1)
#define P3 (P2 + N1 * N2 + N2)
#ifdef N3
#define OUTPUTS N3
#define PARAMETERS (P3 + N2 * N3 + N3)
#else
#define OUTPUTS N2
#define PARAMETERS P3
#endif

INLINE real value(int f, real z) {
    switch (f) {
        case SIGMOID: return 1 / (1 + exp(-z));
        case TANH: return tanh(z);
        case RELU: return z > 0 ? z : 0;
        default: return z;
    }
}

/* The derivative, from the value that is already there. */
INLINE real slope(int f, real a) {
    switch (f) {
        case SIGMOID: return a * (1 - a);
        case TANH: return 1 - a * a;
        case RELU: return a > 0;
        default: return 1;
    }
}

/* One record: a layer of m units on n inputs, its gradient, and its error carried back to the layer below. */

INLINE void layer(int n, int m, int f, in w, in x, out a) {
    EACH(j, m) a[j] = w[n * m + j];
    EACH(k, n) EACH(j, m) a[j] += x[k] * w[k * m + j];
    EACH(j, m) a[j] = value(f, a[j]);
}

INLINE void layer_gradient(int n, int m, in x, in delta, out g) {
    EACH(k, n) EACH(j, m) g[k * m + j] += x[k] * delta[j];
    EACH(j, m) g[n * m + j] += delta[j];
}

INLINE void layer_error(int n, int m, int f, in w, in delta, in a, out below) {
    EACH(k, n) {
        real sum = 0;
        EACH(j, m) sum += w[k * m + j] * delta[j];
        below[k] = sum * slope(f, a[k]);
    }
}

INLINE real output_error(int m, int f, in y, in t, out delta) {
    real loss = 0;
    EACH(j, m) {
        real difference = y[j] - t[j];
        loss += difference * difference;
        delta[j] = 2 * difference * slope(f, y[j]);
    }
    return loss;
}

NOINLINE void forward(const real *p, const real *x, real *y) {
    real a1[N1];
    layer(N0, N1, F1, p + P1, x, a1);
#ifdef N3
    real a2[N2];
    layer(N1, N2, F2, p + P2, a1, a2);
    layer(N2, N3, F3, p + P3, a2, y);
#else
    layer(N1, N2, F2, p + P2, a1, y);
#endif
}

NOINLINE real backprop(const real *p, const real *x, const real *t, real *g) {
    real a1[N1], a2[N2], delta1[N1], delta2[N2], loss;
    layer(N0, N1, F1, p + P1, x, a1);
    layer(N1, N2, F2, p + P2, a1, a2);
#ifdef N3
    real a3[N3], delta3[N3];
    layer(N2, N3, F3, p + P3, a2, a3);
    loss = output_error(N3, F3, a3, t, delta3);
    layer_error(N2, N3, F2, p + P3, delta3, a2, delta2);
    layer_gradient(N2, N3, a2, delta3, g + P3);
#else
    loss = output_error(N2, F2, a2, t, delta2);
#endif
    layer_error(N1, N2, F1, p + P2, delta2, a1, delta1);
    layer_gradient(N1, N2, a1, delta2, g + P2);
    layer_gradient(N0, N1, x, delta1, g + P1);
    return loss;
}

/* 64 records: the same with a row a unit, a column a record, so that the loops over records are vectors. */

INLINE void rows_layer(int n, int m, int f, in w, in x, out a) {
    EACH(j, m) {
        out row = a + j * RECORDS;
        EACH(r, RECORDS) row[r] = w[n * m + j];
        EACH(k, n) EACH(r, RECORDS) row[r] += w[k * m + j] * x[k * RECORDS + r];
        EACH(r, RECORDS) row[r] = value(f, row[r]);
    }
}

INLINE real dot(in a, in b) {
    real sum = 0;
    EACH(r, RECORDS) sum += a[r] * b[r];
    return sum;
}

INLINE void rows_gradient(int n, int m, in x, in delta, out g) {
    EACH(k, n) EACH(j, m) g[k * m + j] += dot(x + k * RECORDS, delta + j * RECORDS);
    EACH(j, m) EACH(r, RECORDS) g[n * m + j] += delta[j * RECORDS + r];
}

INLINE void rows_error(int n, int m, int f, in w, in delta, in a, out below) {
    EACH(k, n) {
        out row = below + k * RECORDS;
        EACH(r, RECORDS) row[r] = 0;
        EACH(j, m) EACH(r, RECORDS) row[r] += w[k * m + j] * delta[j * RECORDS + r];
        EACH(r, RECORDS) row[r] *= slope(f, a[k * RECORDS + r]);
    }
}

INLINE void rows_of(int n, in records, out rows) {
    EACH(k, n) EACH(r, RECORDS) rows[k * RECORDS + r] = records[r * n + k];
}

NOINLINE real backprop64(const real *p, const real *inputs, const real *targets, real *g) {
    real loss;
    static real x[N0 * RECORDS], t[OUTPUTS * RECORDS];
    static real a1[N1 * RECORDS], a2[N2 * RECORDS], delta1[N1 * RECORDS], delta2[N2 * RECORDS];
    rows_of(N0, inputs, x);
    rows_of(OUTPUTS, targets, t);
    rows_layer(N0, N1, F1, p + P1, x, a1);
    rows_layer(N1, N2, F2, p + P2, a1, a2);
#ifdef N3
    static real a3[N3 * RECORDS], delta3[N3 * RECORDS];
    rows_layer(N2, N3, F3, p + P3, a2, a3);
    loss = output_error(N3 * RECORDS, F3, a3, t, delta3);
    rows_error(N2, N3, F2, p + P3, delta3, a2, delta2);
    rows_gradient(N2, N3, a2, delta3, g + P3);
#else
    loss = output_error(N2 * RECORDS, F2, a2, t, delta2);
#endif
    rows_error(N1, N2, F1, p + P2, delta2, a1, delta1);
    rows_gradient(N1, N2, a1, delta2, g + P2);
    rows_gradient(N0, N1, x, delta1, g + P1);
    return loss;
}

static real p[PARAMETERS], g[PARAMETERS], x[RECORDS * N0], t[RECORDS * OUTPUTS], y[OUTPUTS];

/* Knuth's MMIX generator, from 0 to 1: the same numbers as in the other contenders. */
static double uniform(void) {
    static uint64_t state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) * 0x1p-53;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e9 + time.tv_nsec;
}

/* Nanoseconds for so many calls of a statement, which the compiler may neither move nor merge. */
#define TIME(statement)                         \
    for (long i = 0; i < calls; i++) {          \
        long r = i % RECORDS;                   \
        (void)r;                                \
        statement;                              \
        __asm__ volatile("" ::: "memory");      \
    }

static double run(const char *operation, long calls) {
    double start = now();
    if (!strcmp(operation, "forward")) {
        TIME(forward(p, x + r * N0, y))
    } else if (!strcmp(operation, "backprop")) {
        TIME(backprop(p, x + r * N0, t + r * OUTPUTS, g))
    } else {
        TIME(backprop64(p, x, t, g))
    }
    return now() - start;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **arguments) {
    if (count < 3) return 2;
    const char *operation = arguments[1];
    EACH(i, PARAMETERS) p[i] = uniform() - 0.5;
    EACH(i, RECORDS * N0) x[i] = 2 * uniform() - 1;
    EACH(i, RECORDS * OUTPUTS) t[i] = uniform();
    if (!strcmp(arguments[2], "values")) {
        int forward = !strcmp(operation, "forward");
        run(operation, 1);
        EACH(i, forward ? OUTPUTS : PARAMETERS) printf("%.17g\n", forward ? y[i] : g[i]);
        return 0;
    }
    if (count < 4) return 2;
    enum { MOST = 1000 };
    double end = now() + atof(arguments[2]) * 1e6, time[MOST];
    int samples = atoi(arguments[3]);
    if (samples < 1 || samples > MOST) return 2;
    long calls = 1;
    while (now() < end) {
        if (run(operation, calls) < 5e6) calls *= 2;
    }
    EACH(i, samples) time[i] = run(operation, calls) / calls / (strcmp(operation, "backprop64") ? 1 : RECORDS);
    qsort(time, samples, sizeof *time, ascending);
    printf("%.4f\n", time[samples / 2]);
    return 0;
}
