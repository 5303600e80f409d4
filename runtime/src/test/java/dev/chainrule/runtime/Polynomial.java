package dev.chainrule.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code sum_n c_n x^n} with coefficients that are enclosed. */
record Polynomial(List<Enclosed> coefficients) {
    static Polynomial of(Enclosed... coefficients) {
        return new Polynomial(Arrays.asList(coefficients));
    }

    static Polynomial of(double... coefficients) {
        return new Polynomial(Arrays.stream(coefficients).mapToObj(Enclosed::of).toList());
    }

    private Enclosed coefficient(int n) {
        return n < coefficients.size() ? coefficients.get(n) : Enclosed.ZERO;
    }

    Polynomial plus(Polynomial other) {
        List<Enclosed> sum = new ArrayList<>();
        for (int n = 0; n < Math.max(coefficients.size(), other.coefficients.size()); n++) {
            sum.add(coefficient(n).plus(other.coefficient(n)));
        }
        return new Polynomial(sum);
    }

    Polynomial minus(Polynomial other) {
        return plus(other.times(of(-1.0)));
    }

    Polynomial times(Polynomial other) {
        Enclosed[] product = new Enclosed[coefficients.size() + other.coefficients.size() - 1];
        Arrays.fill(product, Enclosed.ZERO);
        for (int i = 0; i < coefficients.size(); i++) {
            for (int k = 0; k < other.coefficients.size(); k++) {
                product[i + k] = product[i + k].plus(coefficients.get(i).times(other.coefficients.get(k)));
            }
        }
        return of(product);
    }

    Polynomial derivative() {
        List<Enclosed> derivative = new ArrayList<>();
        for (int n = 1; n < coefficients.size(); n++) {
            derivative.add(coefficients.get(n).times(Enclosed.of(n)));
        }
        return new Polynomial(derivative);
    }

    Enclosed at(Enclosed x) {
        Enclosed value = Enclosed.ZERO;
        for (int n = coefficients.size() - 1; n >= 0; n--) {
            value = value.times(x).plus(coefficients.get(n));
        }
        return value;
    }

    /** {@code p(x + by)}, by Horner's rule. */
    Polynomial shifted(double by) {
        Polynomial step = of(by, 1);
        Polynomial shifted = of(0.0);
        for (int n = coefficients.size() - 1; n >= 0; n--) {
            shifted = shifted.times(step).plus(of(coefficients.get(n)));
        }
        return shifted;
    }

    /** An upper bound of the magnitude from one number to another: of its Taylor series in the middle, term by term. */
    double bound(double from, double to) {
        double middle = 0.5 * from + 0.5 * to;
        double half = Math.nextUp(Math.max(to - middle, middle - from));
        double bound = 0;
        for (Enclosed coefficient : reversed(shifted(middle).coefficients)) {
            bound = Math.nextUp(Math.nextUp(bound * half) + coefficient.magnitude());
        }
        return bound;
    }

    private static List<Enclosed> reversed(List<Enclosed> list) {
        List<Enclosed> reversed = new ArrayList<>();
        for (int i = list.size() - 1; i >= 0; i--) {
            reversed.add(list.get(i));
        }
        return reversed;
    }
}
