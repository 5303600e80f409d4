package dev.chainrule.processor.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/** A headless Chromium that opens pages from files, watching what they say and ask for. */
final class Browser implements AutoCloseable {
    private static final Optional<File> CHROMIUM = onPath("chromium", "chromium-browser", "google-chrome");
    private static final Optional<File> DRIVER = onPath("chromedriver");
    /** Selenium warns where it does not know a Chromium's newest protocol, which nothing here uses. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private static final Pattern REQUEST =
            Pattern.compile("\"method\":\"Network\\.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"([^\"]*)\"");

    /** With a machine that has much else to do, but not longer than Selenium waits for an answer. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static Browser shared;

    private final Path directory;
    private final ChromeDriver driver;

    /** The one that all tests of a process look into, one after the other: a start takes longer than most of what they do. */
    static synchronized Browser shared() {
        if (shared == null) {
            shared = new Browser(folder());
            Runtime.getRuntime().addShutdownHook(new Thread(shared::end));
        }
        return shared;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("pages");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        close();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        directory.toFile().delete();
    }

    Browser(Path directory) {
        this.directory = directory;
        SELENIUM.setLevel(Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.orElseThrow());
        // What is not painted takes no time
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1000,300");
        options.setScriptTimeout(PATIENCE);
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL", LogType.PERFORMANCE, "ALL"));
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.orElseThrow())
                        .withTimeout(PATIENCE)
                        .build(),
                options);
    }

    static boolean isPresent() {
        return CHROMIUM.isPresent() && DRIVER.isPresent();
    }

    private static Optional<File> onPath(String... names) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(names).map(name -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    /** Opens a page as a file of this name. */
    void open(String name, String page) throws IOException {
        Path file = directory.resolve(name + ".html");
        Files.writeString(file, page, StandardCharsets.US_ASCII);
        open(file);
    }

    /** Opens a page. */
    void open(Path file) {
        driver.get(file.toUri().toString());
    }

    /** Opens an address as one does that comes from elsewhere. */
    void follow(String link) {
        driver.get("about:blank");
        driver.get(link);
    }

    /** Everything on the console since it was last asked. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(Object::toString)
                .toList();
    }

    /** Everything asked for since this was last asked, but the pages themselves. */
    List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .flatMap(entry -> REQUEST.matcher(entry.getMessage()).results())
                .map(result -> result.group(1))
                .filter(address -> !address.startsWith(directory.toUri().toString()) && !address.startsWith("data:"))
                .toList();
    }

    WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> elements(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The exact number that an element shows. */
    double number(String selector) {
        return numbers(selector)[0];
    }

    /** The exact numbers that elements show, the first for each selector, in one question: each costs more than its answer. */
    double[] numbers(String... selectors) {
        List<?> shown = (List<?>) run(
                "return arguments[0].map((selector) => document.querySelector(selector).dataset.value)",
                List.of(selectors));
        return shown.stream()
                .mapToDouble(number -> Double.parseDouble((String) number))
                .toArray();
    }

    /** Types over what a field holds. */
    void type(String selector, String text) {
        WebElement field = element(selector);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text, Keys.TAB);
    }

    /** Pastes numbers into the text that stands for a whole array. */
    void paste(String array, double[] numbers) {
        Object answer = run(
                "const area = document.querySelector(arguments[0]);"
                        + "document.getElementById('layout').open = true;"
                        + "area.value = arguments[1];"
                        + "area.dispatchEvent(new Event('change'));"
                        + "return document.getElementById('pasted').textContent;",
                "[data-all=" + array + "]",
                Arrays.toString(numbers));
        assertThat(answer).isEqualTo("Taken.");
    }

    /** The numbers of a text that stands for a whole array. */
    double[] all(String array) {
        String text = (String) run("return document.querySelector('[data-all=" + array + "]').value");
        return Arrays.stream(text.split(", ")).mapToDouble(Double::parseDouble).toArray();
    }

    /** Shows pages as a window of this width would, in pixels of CSS, and waits for them to be laid out anew. */
    void resize(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        driver.executeAsyncScript("""
                const [width, done] = arguments;
                const look = () => requestAnimationFrame(innerWidth === width ? done : look);
                look();""", width);
    }

    /** Shows pages in a scheme of colours, light or dark. */
    void scheme(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Shows pages in the window that there is. */
    void resizeBack() {
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Runs a script that calls its last argument when it is done. */
    void runUntilDone(String script) {
        driver.executeAsyncScript(script);
    }

    /** What a script calls its last argument with. */
    Object answer(String script) {
        return driver.executeAsyncScript(script);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
