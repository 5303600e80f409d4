package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.TrainableNetwork;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What users see of the annotations and the runtime can be imported by star, all packages in one file. */
class PublicNamesTest {
    @Test
    void noTwoTypesHaveOneName() {
        Map<String, List<String>> names = new ClassFileImporter()
                .importUrls(List.of(location(Network.class), location(TrainableNetwork.class))).stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(JavaClass::isTopLevelClass)
                        .collect(Collectors.groupingBy(
                                JavaClass::getSimpleName,
                                Collectors.mapping(JavaClass::getPackageName, Collectors.toList())));

        assertThat(names).containsKeys("Network", "Precision", "TrainableNetwork", "WeightFile", "Trainer");
        assertThat(names)
                .allSatisfy((name, packages) -> assertThat(packages).as(name).hasSize(1));
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
