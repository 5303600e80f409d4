package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.runtime.TrainableNetwork;
import org.junit.jupiter.api.Test;

class XorTest {
    @Test
    void learns() {
        assertEquals(
                String.format("error 0.7902 at first, 0.0083 at last%n0.001 0.992 0.990 0.013%n"),
                Xor.train(new XorNetwork()));
    }

    @Test
    void runsInNamedModules() {
        assertEquals("consumer", XorNetwork.class.getModule().getName());
        assertEquals("dev.chainrule.runtime", TrainableNetwork.class.getModule().getName());
    }
}
