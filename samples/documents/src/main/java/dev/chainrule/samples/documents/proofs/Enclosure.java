package dev.chainrule.samples.documents.proofs;

/**
 * What is known of a term for z from one number to another: what the class computes is from {@code low} to {@code high}, and within
 * {@code error} of a real function whose slopes are from {@code down} to {@code up}. Slopes that are infinite say nothing.
 */
record Enclosure(double low, double high, double down, double up, double error) {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** More than what the few operations here, and a kernel in double, round away, as a part of a result. */
    private static final double PART = 0x1p-38;

    /** What a kernel errs by, in unit roundoffs: KernelErrors of the processor proves it. */
    private static final double KERNEL = 4.5;

    /** A range without slopes; everything, where an end is not finite. */
    static Enclosure range(double low, double high) {
        boolean isFinite = Math.abs(low) < INFINITY && Math.abs(high) < INFINITY;
        return new Enclosure(isFinite ? low : -INFINITY, isFinite ? high : INFINITY, -INFINITY, INFINITY, 0);
    }

    boolean isFinite() {
        return low > -INFINITY && high < INFINITY;
    }

    boolean isSmooth() {
        return down > -INFINITY && up < INFINITY;
    }

    double size() {
        return Math.max(Math.abs(low), Math.abs(high));
    }

    private double slopes() {
        return Math.max(Math.abs(down), Math.abs(up));
    }

    /** Of a term, by its operands. */
    static Enclosure of(Term term, double low, double high, Arithmetic a) {
        if (term.name().equals("z")) {
            return new Enclosure(low, high, 1, 1, 0);
        } else if (term.name().isEmpty()) {
            double value = a.number(term.number());
            return new Enclosure(value, value, 0, 0, 0);
        }
        Enclosure x = of(term.operand(0), low, high, a);
        if (term.name().equals("?")) {
            return choice(term, x, low, high, a);
        } else if (!x.isFinite()) {
            return range(-INFINITY, INFINITY);
        } else if (term.name().equals("power")) {
            return x.power((int) term.operand(1).number(), a);
        } else if (term.operands().size() == 1) {
            return term.name().equals("-") ? x.negative() : x.function(term.name(), a);
        }
        for (int i = 1; i < term.operands().size(); i++) {
            Enclosure y = of(term.operand(i), low, high, a);
            if (!x.isFinite() || !y.isFinite()) {
                return range(-INFINITY, INFINITY);
            }
            boolean isSquare = i == 1 && term.operand(0).equals(term.operand(1));
            x = switch (term.name()) {
                case "+" -> x.plus(y, a);
                case "-" -> x.plus(y.negative(), a);
                case "*" -> x.times(y, isSquare, a);
                case "/" -> x.over(y, a);
                case "max" -> x.greater(y);
                case "min" -> x.negative().greater(y.negative()).negative();
                default -> throw new IllegalArgumentException("two operands of " + term.name());
            };
        }
        return x;
    }

    private static Enclosure choice(Term term, Enclosure x, double low, double high, Arithmetic a) {
        Enclosure y = of(term.operand(1), low, high, a);
        if (!x.isFinite() || !y.isFinite()) {
            return range(-INFINITY, INFINITY);
        }
        String compared = term.compared();
        boolean less = x.high < y.low;
        boolean atMost = x.high <= y.low;
        boolean greater = x.low > y.high;
        boolean atLeast = x.low >= y.high;
        boolean same = x.low == x.high && y.low == y.high && x.low == y.low;
        boolean isTrue = switch (compared) {
            case "<" -> less;
            case "<=" -> atMost;
            case ">" -> greater;
            case ">=" -> atLeast;
            case "==" -> same;
            default -> less || greater;
        };
        boolean isFalse = switch (compared) {
            case "<" -> atLeast;
            case "<=" -> greater;
            case ">" -> atMost;
            case ">=" -> less;
            case "==" -> less || greater;
            default -> same;
        };
        if (isTrue || isFalse) {
            return of(term.operand(isTrue ? 2 : 3), low, high, a);
        }
        Enclosure then = of(term.operand(2), low, high, a);
        Enclosure otherwise = of(term.operand(3), low, high, a);
        return range(Math.min(then.low, otherwise.low), Math.max(then.high, otherwise.high));
    }

    /**
     * With the rounding of the operation that gives it, and what the operations of this class round away.
     *
     * @param slopes the magnitude of what the slopes are made of
     */
    private static Enclosure rounded(
            double low, double high, double down, double up, double slopes, double error, Arithmetic a) {
        double size = Math.max(Math.abs(low), Math.abs(high));
        double all = (error + size * a.unit() + a.least()) * (1 + PART);
        double slack = slopes * 0x1p-49 + Double.MIN_NORMAL;
        boolean isKnown = down - slack <= up + slack && all < INFINITY && low <= high;
        if (isKnown) {
            return new Enclosure(low, high, down - slack, up + slack, all);
        }
        return low <= high ? range(low, high) : range(-INFINITY, INFINITY);
    }

    Enclosure negative() {
        return new Enclosure(-high, -low, -up, -down, error);
    }

    private Enclosure plus(Enclosure y, Arithmetic a) {
        return rounded(
                a.plus(low, y.low),
                a.plus(high, y.high),
                down + y.down,
                up + y.up,
                slopes() + y.slopes(),
                error + y.error,
                a);
    }

    /** {@code f' g + f g'} with the values of the real functions. */
    private Enclosure times(Enclosure y, boolean isSquare, Arithmetic a) {
        double[] values = {a.times(low, y.low), a.times(low, y.high), a.times(high, y.low), a.times(high, y.high)};
        double[] first = products(low - error, high + error, y.down, y.up);
        double[] second = products(y.low - y.error, y.high + y.error, down, up);
        double lost = size() * y.error + (y.size() + y.error) * error;
        double least = isSquare ? Math.max(0, min(values)) : min(values);
        double slopes = size(first) + size(second);
        return rounded(least, max(values), min(first) + min(second), max(first) + max(second), slopes, lost, a);
    }

    /** {@code (f' - (f / g) g') / g}. */
    private Enclosure over(Enclosure y, Arithmetic a) {
        double from = y.low - y.error;
        double to = y.high + y.error;
        if (from <= 0 && to >= 0) {
            return range(-INFINITY, INFINITY);
        }
        double[] values = {a.over(low, y.low), a.over(low, y.high), a.over(high, y.low), a.over(high, y.high)};
        double[] real = products(low - error, high + error, 1 / to, 1 / from);
        double[] taken = products(min(real), max(real), y.down, y.up);
        double[] slopes = products(down - max(taken), up - min(taken), 1 / to, 1 / from);
        double nearest = Math.min(Math.abs(from), Math.abs(to));
        double size = Math.max(Math.abs(min(values)), Math.abs(max(values))) * (1 + a.unit()) + a.least();
        double lost = (error + size * y.error) / nearest;
        double all = (slopes() + size(taken)) / nearest;
        return rounded(min(values), max(values), min(slopes), max(slopes), all, lost, a);
    }

    /** Products of ends; nothing times anything is nothing. */
    private static double[] products(double a, double b, double c, double d) {
        return new double[] {product(a, c), product(a, d), product(b, c), product(b, d)};
    }

    private static double product(double a, double b) {
        return a == 0 || b == 0 ? 0 : a * b;
    }

    private static double size(double[] values) {
        return Math.max(Math.abs(min(values)), Math.abs(max(values)));
    }

    private static double min(double[] values) {
        return Math.min(Math.min(values[0], values[1]), Math.min(values[2], values[3]));
    }

    private static double max(double[] values) {
        return Math.max(Math.max(values[0], values[1]), Math.max(values[2], values[3]));
    }

    private Enclosure greater(Enclosure y) {
        double least = Math.max(low, y.low);
        double most = Math.max(high, y.high);
        double lost = Math.max(error, y.error);
        if (low - error >= y.high + y.error) {
            return new Enclosure(least, most, down, up, lost);
        } else if (y.low - y.error >= high + error) {
            return new Enclosure(least, most, y.down, y.up, lost);
        }
        return new Enclosure(least, most, Math.min(down, y.down), Math.max(up, y.up), lost);
    }

    private Enclosure power(int n, Arithmetic a) {
        double atLow = a.call("power", low, n);
        double atHigh = a.call("power", high, n);
        boolean isEven = n % 2 == 0;
        boolean straddles = low <= 0 && high >= 0;
        double least = isEven ? straddles ? 0 : Math.min(atLow, atHigh) : atLow;
        double most = isEven ? Math.max(atLow, atHigh) : atHigh;
        double part = (n + 4.0) * 0x1p-51;
        if (part > 0x1p-10 || Math.abs(least) == INFINITY || Math.abs(most) == INFINITY) {
            return range(least, most);
        }
        double from = low - error;
        double to = high + error;
        double slopeFrom = n == 1 ? 1 : n * Math.pow(from, n - 1);
        double slopeTo = n == 1 ? 1 : n * Math.pow(to, n - 1);
        double slopeDown = isEven || n == 1 ? slopeFrom : straddles ? 0 : Math.min(slopeFrom, slopeTo);
        double slopeUp = isEven || n == 1 ? slopeTo : Math.max(slopeFrom, slopeTo);
        double[] slopes =
                products(slopeDown - Math.abs(slopeDown) * part, slopeUp + Math.abs(slopeUp) * part, down, up);
        double size = Math.max(Math.abs(least), Math.abs(most));
        double steepest = Math.max(Math.abs(slopeDown), Math.abs(slopeUp)) * (1 + part);
        double lost = steepest * error + size * (part + 2 * a.unit()) + (n + 4.0) * a.least();
        return rounded(least, most, min(slopes), max(slopes), size(slopes), lost, a);
    }

    private Enclosure function(String name, Arithmetic a) {
        double from = low - error;
        double to = high + error;
        if (name.equals("abs")) {
            double least = low <= 0 && high >= 0 ? 0 : Math.min(Math.abs(low), Math.abs(high));
            double[] slopes = from >= 0
                    ? new double[] {down, up}
                    : to <= 0 ? new double[] {-up, -down} : new double[] {Math.min(down, -up), Math.max(up, -down)};
            return new Enclosure(least, size(), slopes[0], slopes[1], error);
        } else if (name.equals("signum")) {
            boolean isOne = Math.signum(low) == Math.signum(high);
            return isOne
                    ? new Enclosure(Math.signum(low), Math.signum(high), 0, 0, 0)
                    : range(Math.signum(low), Math.signum(high));
        }
        double atLow = a.call(name, low, 0);
        double atHigh = a.call(name, high, 0);
        if (name.equals("sin") || name.equals("cos")) {
            double[] ends = wave(name, low, high);
            atLow = ends[0] - KERNEL * a.unit();
            atHigh = ends[1] + KERNEL * a.unit();
        } else if (low < high && !a.isFloat() && !a.rises(name, low)) {
            atLow -= 2 * (KERNEL * a.unit() * Math.abs(atLow) + 2 * a.least()) * (1 + PART);
            atHigh += 2 * (KERNEL * a.unit() * Math.abs(atHigh) + 2 * a.least()) * (1 + PART);
        }
        double[] slopes = derivative(name, from, to);
        double steepest = Math.max(Math.abs(slopes[0]), Math.abs(slopes[1]));
        if (!(Math.abs(atLow) < INFINITY && Math.abs(atHigh) < INFINITY && steepest < INFINITY)) {
            return range(atLow, atHigh);
        }
        double[] chained = products(slopes[0], slopes[1], down, up);
        double size = Math.max(Math.abs(atLow), Math.abs(atHigh));
        double lost = steepest * error + size * KERNEL * a.unit() + 2 * a.least();
        return rounded(atLow, atHigh, min(chained), max(chained), size(chained), lost, a);
    }

    /** The derivatives of a function over a range, widened by more than they err by. */
    private static double[] derivative(String name, double from, double to) {
        Arithmetic exact = new Arithmetic(false);
        double far = Math.max(Math.abs(from), Math.abs(to));
        double near = from <= 0 && to >= 0 ? 0 : Math.min(Math.abs(from), Math.abs(to));
        double[] ends = switch (name) {
            case "exp", "expm1" -> new double[] {exact.call("exp", from, 0), exact.call("exp", to, 0)};
            case "softplus" -> new double[] {exact.call("sigmoid", from, 0), exact.call("sigmoid", to, 0)};
            case "log" -> from > 0 ? new double[] {1 / to, 1 / from} : new double[] {0, INFINITY};
            case "log1p" -> from > -1 ? new double[] {1 / (1 + to), 1 / (1 + from)} : new double[] {0, INFINITY};
            case "sqrt" ->
                from > 0 ? new double[] {0.5 / Math.sqrt(to), 0.5 / Math.sqrt(from)} : new double[] {0, INFINITY};
            case "sin" -> wave("cos", from, to);
            case "cos" -> {
                double[] sines = wave("sin", from, to);
                yield new double[] {-sines[1], -sines[0]};
            }
            default -> new double[] {bell(name, far), bell(name, near)};
        };
        boolean isWave = name.equals("sin") || name.equals("cos");
        return isWave
                ? ends
                : new double[] {
                    ends[0] - Math.abs(ends[0]) * PART - Double.MIN_NORMAL,
                    ends[1] + Math.abs(ends[1]) * PART + Double.MIN_NORMAL
                };
    }

    /** A derivative that is even and falls from 0 on. */
    private static double bell(String name, double x) {
        Arithmetic exact = new Arithmetic(false);
        return switch (name) {
            case "sigmoid" -> exact.call("sigmoid", x, 0) * exact.call("sigmoid", -x, 0);
            case "tanh" -> 4 * exact.call("sigmoid", 2 * x, 0) * exact.call("sigmoid", -2 * x, 0);
            case "erf" -> 1.1283791670955126 * exact.call("exp", -x * x, 0);
            case "atan" -> 1 / (1 + x * x);
            default -> INFINITY;
        };
    }

    /** The sine or cosine is within half the width of its value in the middle. */
    private static double[] wave(String name, double from, double to) {
        double middle = 0.5 * from + 0.5 * to;
        double around = Math.max(middle - from, to - middle) + Math.abs(middle) * 0x1p-50 + 0x1p-49;
        if (!(around < 2)) {
            return new double[] {-1, 1};
        }
        double value = new Arithmetic(false).call(name, middle, 0);
        return new double[] {Math.max(-1, value - around), Math.min(1, value + around)};
    }
}
