/* Training with OpenBLAS: N0-N1-N2 of sigmoid units, the loss the mean of the binary cross-entropies of the outputs.
 *
 *   cc -O3 -march=native -ffast-math -DN0=784 -DN1=30 -DN2=10 training.c -lopenblas -lm
 *
 *   a.out BATCH THREADS RECORDS RATE values             parameters and loss after an epoch
 *   a.out BATCH THREADS RECORDS RATE WARM-UP MEASURE    CPU and wall time of an epoch, in milliseconds: warms up and measures
 *                                                       for so many milliseconds each
 *   a.out core                                          for which processor OpenBLAS has chosen its code
 *
 * Parameters of a layer: weights, in x out, row-major, then biases. A step is p -= RATE g, g the mean over the batch; that of
 * weights is part of the product that sums up their gradients, so that there is no gradient in memory. */
#include <cblas.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define EACH(i, n) for (int i = 0; i < (n); i++)

enum { PARAMETERS = N0 * N1 + N1 + N1 * N2 + N2 };

static double p[PARAMETERS];
static double *const w1 = p, *const b1 = p + N0 * N1;
static double *const w2 = p + N0 * N1 + N1, *const b2 = p + N0 * N1 + N1 + N1 * N2;

static double *inputs, *targets;     /* all records */
static double *a1, *a2, *d1, *d2;    /* of a batch */
static int batch, records;
static double rate;
static volatile double sum;          /* of losses, so that none is left out as unused */

static double sigmoid(double z) { return 1 / (1 + exp(-z)); }

/* a = sigmoid(b + x w), of count records. */
static void layer(int count, int n, int m, const double *x, const double *w, const double *b, double *a) {
    EACH(r, count) memcpy(a + r * m, b, m * sizeof *a);
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, count, m, n, 1, x, n, w, m, 1, a, m);
    EACH(i, count * m) a[i] = sigmoid(a[i]);
}

/* p += factor x^T delta */
static void update(int count, int n, int m, double factor, const double *x, const double *delta, double *w, double *b) {
    cblas_dgemm(CblasRowMajor, CblasTrans, CblasNoTrans, n, m, count, factor, x, n, delta, m, 1, w, m);
    EACH(r, count) EACH(j, m) b[j] += factor * delta[r * m + j];
}

/* The sum of the losses before the step. */
static double step(int count, const double *x, const double *t) {
    double loss = 0, factor = -rate / count;
    layer(count, N0, N1, x, w1, b1, a1);
    layer(count, N1, N2, a1, w2, b2, a2);
    EACH(i, count * N2) loss -= t[i] * log(a2[i]) + (1 - t[i]) * log(1 - a2[i]);
    EACH(i, count * N2) d2[i] = (a2[i] - t[i]) / N2;
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, count, N1, N2, 1, d2, N2, w2, N2, 0, d1, N1);
    EACH(i, count * N1) d1[i] *= a1[i] * (1 - a1[i]);
    update(count, N1, N2, factor, a1, d2, w2, b2);
    update(count, N0, N1, factor, x, d1, w1, b1);
    return loss / N2;
}

/* The mean loss. */
static double epoch(void) {
    double loss = 0;
    for (int from = 0; from < records; from += batch) {
        int count = from + batch < records ? batch : records - from;
        loss += step(count, inputs + (size_t)from * N0, targets + (size_t)from * N2);
    }
    return loss / records;
}

/* Knuth's MMIX generator, from 0 to 1: the same numbers as in the other contenders. */
static double uniform(void) {
    static uint64_t state = 1;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(state >> 11) * 0x1p-53;
}

static double milliseconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static double now(void) { return milliseconds(CLOCK_MONOTONIC); }
static double cpu(void) { return milliseconds(CLOCK_PROCESS_CPUTIME_ID); }

static double *doubles(size_t count) {
    double *array = aligned_alloc(64, (count + 7) / 8 * 64);
    if (!array) exit(3);
    memset(array, 0, count * sizeof *array);
    return array;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **arguments) {
    if (count == 2 && !strcmp(arguments[1], "core")) {
        puts(openblas_get_corename());
        return 0;
    }
    if (count < 6) return 2;
    batch = atoi(arguments[1]);
    openblas_set_num_threads(atoi(arguments[2]));
    records = atoi(arguments[3]);
    rate = atof(arguments[4]);
    inputs = doubles((size_t)records * N0);
    targets = doubles((size_t)records * N2);
    a1 = doubles(batch * N1);
    d1 = doubles(batch * N1);
    a2 = doubles(batch * N2);
    d2 = doubles(batch * N2);
    EACH(i, PARAMETERS) p[i] = (uniform() - 0.5) / 8;
    EACH(i, records * N0) inputs[i] = uniform();
    EACH(r, records) targets[r * N2 + (int)(N2 * uniform())] = 1;
    if (!strcmp(arguments[5], "values")) {
        double loss = epoch();
        EACH(i, PARAMETERS) printf("%.17g\n", p[i]);
        printf("%.17g\n", loss);
        return 0;
    }
    if (count < 7) return 2;
    double warm = now() + atof(arguments[5]);
    while (now() < warm) sum += epoch();
    enum { LEAST = 3, MOST = 100000 };
    static double time[MOST];
    double start = now(), cpu_start = cpu(), last = start, end = start + atof(arguments[6]);
    int epochs = 0;
    while (epochs < LEAST || (last < end && epochs < MOST)) {
        sum += epoch();
        double ended = now();
        time[epochs++] = ended - last;
        last = ended;
    }
    double used = cpu() - cpu_start;
    qsort(time, epochs, sizeof *time, ascending);
    printf("%.4f\n%.4f\n", used / epochs, time[epochs / 2]);
    return 0;
}
