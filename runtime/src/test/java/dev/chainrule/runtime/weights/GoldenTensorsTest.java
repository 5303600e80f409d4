package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch wrote: names, dtypes and shapes. */
@EnabledIf(value = "isThere", disabledReason = "there is no shared/golden/pytorch beside the checkout")
class GoldenTensorsTest {
    static boolean isThere() {
        return find() != null;
    }

    private static Path find() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path files = folder.resolve("shared/golden/pytorch");
            if (Files.isDirectory(files)) {
                return files;
            }
        }
        return null;
    }

    @ParameterizedTest
    @ValueSource(strings = {"classifier-4-8-3", "gate-5-6-1", "policy-8-16-16-3"})
    void tensorsAreThoseOfTheModel(String name) throws IOException {
        JsonNode model =
                new ObjectMapper().readTree(find().resolve(name + ".json").toFile());
        Dtype dtype = Dtype.valueOf(model.get("dtype").textValue());
        List<String> expected = new ArrayList<>();
        long in = model.at("/network/inputs").longValue();
        int module = 0;
        for (JsonNode layer : model.at("/network/layers")) {
            long out = layer.get("units").longValue();
            expected.add(module + ".weight " + dtype + " " + List.of(out, in));
            expected.add(module + ".bias " + dtype + " " + List.of(out));
            in = out;
            module += 2;
        }

        try (TensorFile file = TensorFile.open(find().resolve(name + ".safetensors"))) {
            assertThat(file.metadata()).containsOnlyKeys("format").containsEntry("format", "pt");
            assertThat(file.tensors())
                    .extracting(tensor -> tensor.name() + " " + tensor.dtype() + " " + tensor.shape())
                    .containsExactlyInAnyOrderElementsOf(expected);
            for (Tensor tensor : file.tensors()) {
                assertThat(file.doubles(tensor.name())).hasSize((int) tensor.size());
            }
        }
    }
}
