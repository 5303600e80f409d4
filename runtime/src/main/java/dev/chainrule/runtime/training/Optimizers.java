package dev.chainrule.runtime.training;

/**
 * The known optimisers, each in the form of the optimiser of PyTorch ({@code torch.optim}) that is named beside it, with its
 * defaults in the short forms.
 *
 * <p><b>Notation.</b> {@code p} is a parameter, {@code g} its derivative {@code dE/dp}, {@code t} the number of the step,
 * counted from 1, {@code rate} the learning rate of the step as the {@link Schedule} has it. All else begins at 0, unless it
 * says otherwise, and every parameter has its own. A weight decay that is an L2 term, as most of PyTorch's optimisers offer it,
 * is a matter of the gradient and not offered here.
 *
 * <p><b>State</b> names what {@link OptimizerState#arrays()} holds, in this order.
 *
 * <p><b>Same bits.</b> Nothing but {@code + - * /}, square roots and {@link StrictMath}. NaN goes through.
 *
 * <p><b>Errors.</b> A setting outside its range is an {@link IllegalArgumentException} that names the setting, its value and
 * the range. Learning rates are positive and finite. An epsilon may be 0, but then a parameter whose derivatives were all 0 so
 * far becomes NaN ({@code 0/0}).
 */
public final class Optimizers {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private Optimizers() {}

    /**
     * Gradient descent (SGD): {@code p -= rate g}.
     *
     * <p>State: none.
     *
     * @param learningRate the rate before any schedule
     * @return the optimiser
     */
    public static Optimizer gradientDescent(double learningRate) {
        return new GradientDescent(learningRate);
    }

    /**
     * Gradient descent with momentum (SGD with momentum, dampening 0): {@code v = momentum v + g}, {@code p -= rate v}.
     *
     * <p>State: {@code v}.
     *
     * @param learningRate the rate before any schedule
     * @param momentum at least 0 and less than 1; often 0.9
     * @return the optimiser
     */
    public static Optimizer momentum(double learningRate, double momentum) {
        return new Momentum(learningRate, momentum);
    }

    /**
     * Nesterov's accelerated gradient (SGD with momentum, dampening 0, nesterov): {@code v = momentum v + g},
     * {@code p -= rate (g + momentum v)}.
     *
     * <p>State: {@code v}.
     *
     * @param learningRate the rate before any schedule
     * @param momentum at least 0 and less than 1; often 0.9
     * @return the optimiser
     */
    public static Optimizer nesterov(double learningRate, double momentum) {
        return new Nesterov(learningRate, momentum);
    }

    /**
     * {@return {@link #adaGrad(double, double, double) AdaGrad} with an initial sum of 0 and an epsilon of 1e-10}
     *
     * @param learningRate the rate before any schedule
     */
    public static Optimizer adaGrad(double learningRate) {
        return adaGrad(learningRate, 1e-10);
    }

    /**
     * {@return {@link #adaGrad(double, double, double) AdaGrad} with an initial sum of 0}
     *
     * @param learningRate the rate before any schedule
     * @param epsilon 0 or positive, finite
     */
    public static Optimizer adaGrad(double learningRate, double epsilon) {
        return adaGrad(learningRate, 0, epsilon);
    }

    /**
     * AdaGrad (Adagrad), by Duchi, Hazan and Singer, 2011: {@code s += g^2}, {@code p -= rate g / (sqrt(s) + epsilon)}.
     * PyTorch's {@code lr_decay} is the schedule {@link Schedules#inverseTime}.
     *
     * <p>State: {@code s}.
     *
     * @param learningRate the rate before any schedule
     * @param initialSum {@code s} before the first step: 0 or positive, finite
     * @param epsilon 0 or positive, finite
     * @return the optimiser
     */
    public static Optimizer adaGrad(double learningRate, double initialSum, double epsilon) {
        return new AdaGrad(learningRate, initialSum, epsilon);
    }

    /**
     * {@return {@link #adaDelta(double, double, double) AdaDelta} with a rho of 0.9 and an epsilon of 1e-6}
     *
     * @param learningRate 1 is Zeiler's form
     */
    public static Optimizer adaDelta(double learningRate) {
        return adaDelta(learningRate, 0.9, 1e-6);
    }

    /**
     * AdaDelta (Adadelta), by Zeiler, 2012: {@code v = rho v + (1 - rho) g^2},
     * {@code d = sqrt(u + epsilon) / sqrt(v + epsilon) g}, {@code u = rho u + (1 - rho) d^2}, {@code p -= rate d}.
     *
     * <p>State: {@code v, u}.
     *
     * @param learningRate 1 is Zeiler's form, which has no learning rate, and PyTorch's default
     * @param rho at least 0 and less than 1
     * @param epsilon 0 or positive, finite; with 0 no parameter ever moves
     * @return the optimiser
     */
    public static Optimizer adaDelta(double learningRate, double rho, double epsilon) {
        return new AdaDelta(learningRate, rho, epsilon);
    }

    /**
     * {@return {@link #rmsProp(double, double, double) RMSProp} with a decay of 0.99 and an epsilon of 1e-8}
     *
     * @param learningRate the rate before any schedule
     */
    public static Optimizer rmsProp(double learningRate) {
        return rmsProp(learningRate, 0.99, EPSILON);
    }

    /**
     * RMSProp (RMSprop, not centred, without momentum), by Hinton, 2012: {@code v = decay v + (1 - decay) g^2},
     * {@code p -= rate g / (sqrt(v) + epsilon)}.
     *
     * <p>State: {@code v}.
     *
     * @param learningRate the rate before any schedule
     * @param decay PyTorch's alpha: at least 0 and less than 1
     * @param epsilon 0 or positive, finite
     * @return the optimiser
     */
    public static Optimizer rmsProp(double learningRate, double decay, double epsilon) {
        return new RmsProp(learningRate, decay, epsilon);
    }

    /**
     * {@return {@link #adam(double, double, double, double) Adam} with betas of 0.9 and 0.999 and an epsilon of 1e-8}
     *
     * @param learningRate the rate before any schedule
     */
    public static Optimizer adam(double learningRate) {
        return adam(learningRate, BETA1, BETA2, EPSILON);
    }

    /**
     * Adam (Adam), by Kingma and Ba, 2014: {@code m = beta1 m + (1 - beta1) g}, {@code v = beta2 v + (1 - beta2) g^2},
     * {@code p -= rate m^ / (sqrt(v^) + epsilon)}, where {@code m^ = m / (1 - beta1^t)} and {@code v^ = v / (1 - beta2^t)}.
     *
     * <p>State: {@code m, v, (1 - beta1^t, 1 - beta2^t)}.
     *
     * @param learningRate the rate before any schedule
     * @param beta1 at least 0 and less than 1
     * @param beta2 at least 0 and less than 1
     * @param epsilon 0 or positive, finite
     * @return the optimiser
     */
    public static Optimizer adam(double learningRate, double beta1, double beta2, double epsilon) {
        return new Adam(learningRate, beta1, beta2, epsilon, 0);
    }

    /**
     * {@return {@link #amsGrad(double, double, double, double) AMSGrad} with betas of 0.9 and 0.999 and an epsilon of 1e-8}
     *
     * @param learningRate the rate before any schedule
     */
    public static Optimizer amsGrad(double learningRate) {
        return amsGrad(learningRate, BETA1, BETA2, EPSILON);
    }

    /**
     * AMSGrad (Adam with amsgrad), by Reddi, Kale and Kumar, 2018: {@link #adam(double, double, double, double) Adam} with
     * {@code w = max(w, v)} and {@code v^ = w / (1 - beta2^t)}.
     *
     * <p>State: {@code m, v, w, (1 - beta1^t, 1 - beta2^t)}.
     *
     * @param learningRate the rate before any schedule
     * @param beta1 at least 0 and less than 1
     * @param beta2 at least 0 and less than 1
     * @param epsilon 0 or positive, finite
     * @return the optimiser
     */
    public static Optimizer amsGrad(double learningRate, double beta1, double beta2, double epsilon) {
        return new AmsGrad(learningRate, beta1, beta2, epsilon);
    }

    /**
     * {@return {@link #adamW(double, double, double, double, double) AdamW} with betas of 0.9 and 0.999, an epsilon of 1e-8
     * and a weight decay of 0.01}
     *
     * @param learningRate the rate before any schedule
     */
    public static Optimizer adamW(double learningRate) {
        return adamW(learningRate, BETA1, BETA2, EPSILON, 0.01);
    }

    /**
     * AdamW (AdamW), by Loshchilov and Hutter, 2017: {@code p -= rate weightDecay p}, then the step of
     * {@link #adam(double, double, double, double) Adam}. The decay is for all parameters,
     * unless a training is {@linkplain Trainer.Builder#sparingBiases sparing biases}.
     *
     * <p>State: {@code m, v, (1 - beta1^t, 1 - beta2^t)}.
     *
     * @param learningRate the rate before any schedule
     * @param beta1 at least 0 and less than 1
     * @param beta2 at least 0 and less than 1
     * @param epsilon 0 or positive, finite
     * @param weightDecay 0 or positive, finite
     * @return the optimiser
     */
    public static Optimizer adamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
        return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
    }

    /**
     * {@return {@link #nAdam(double, double, double, double, double) NAdam} with betas of 0.9 and 0.999, an epsilon of 1e-8
     * and a momentum decay of 0.004}
     *
     * @param learningRate the rate before any schedule
     */
    public static Optimizer nAdam(double learningRate) {
        return nAdam(learningRate, BETA1, BETA2, EPSILON, 0.004);
    }

    /**
     * NAdam (NAdam), by Dozat, 2016: {@link #adam(double, double, double, double) Adam} with
     * {@code m^ = mu_(t+1) m / (1 - mu_1 ... mu_t mu_(t+1)) + (1 - mu_t) g / (1 - mu_1 ... mu_t)}, where
     * {@code mu_t = beta1 (1 - 0.96^(t momentumDecay) / 2)}. PyTorch up to version 1.13 has {@code mu_t} in the first product twice,
     * a mistake that makes a difference in the first few steps.
     *
     * <p>State: {@code m, v, (0.96^(t momentumDecay), 1 - mu_1 ... mu_t, 1 - beta2^t)}.
     *
     * @param learningRate the rate before any schedule
     * @param beta1 at least 0 and less than 1
     * @param beta2 at least 0 and less than 1
     * @param epsilon 0 or positive, finite
     * @param momentumDecay 0 or positive, finite
     * @return the optimiser
     */
    public static Optimizer nAdam(
            double learningRate, double beta1, double beta2, double epsilon, double momentumDecay) {
        return new NAdam(learningRate, beta1, beta2, epsilon, momentumDecay);
    }

    /**
     * {@return {@link #rprop(double, double, double, double, double) Rprop} with etas of 0.5 and 1.2 and steps of 1e-6 to
     * 50}
     *
     * @param learningRate the step before the first step
     */
    public static Optimizer rprop(double learningRate) {
        return rprop(learningRate, 0.5, 1.2, 1e-6, 50);
    }

    /**
     * Resilient backpropagation (Rprop), by Riedmiller and Braun, 1993; for all records at once, as only the signs of
     * derivatives count. Every parameter has its own step {@code s}, which is the learning rate before the first step:
     *
     * <pre>
     *   g g' &gt; 0:   s = min(etaPlus s, stepMax)
     *   g g' &lt; 0:   s = max(etaMinus s, stepMin), then g = 0
     *   p -= s sign(g),   g' = g
     * </pre>
     *
     * The learning rate of the first step alone has an effect; a {@link Schedule} changes none of the others. It is brought
     * within {@code stepMin} to {@code stepMax}.
     *
     * <p>State: {@code g', s, (1 once a step was made)}.
     *
     * @param learningRate the step before the first step
     * @param etaMinus between 0 and 1
     * @param etaPlus more than 1, finite
     * @param stepMin 0 or positive, finite
     * @param stepMax positive, finite, and at least {@code stepMin}
     * @return the optimiser
     */
    public static Optimizer rprop(
            double learningRate, double etaMinus, double etaPlus, double stepMin, double stepMax) {
        return new Rprop(learningRate, etaMinus, etaPlus, stepMin, stepMax);
    }
}
