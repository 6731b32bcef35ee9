package distributedmysql.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A Chromium without a window that shows an HTML report from its file. It is the one that is installed; none is fetched, and where there is
 * none, nothing is looked at.
 */
public final class Browser implements AutoCloseable {
    /** What draws with the colour of a series: nothing else on a canvas has colours. */
    private static final String BLANK = """
            return [...document.querySelectorAll('.plot')].filter(plot => {
              const canvas = plot.querySelector('canvas');
              if (!canvas) return true;
              const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              for (let i = 0; i < data.length; i += 4) {
                if (data[i + 3] > 60 && Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 40) return false;
              }
              return true;
            }).map(plot => plot.querySelector('h3').textContent);""";

    /** What is wider than the page and cannot be scrolled to. */
    private static final String CUT = """
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth > width) return ['the document: ' + document.documentElement.scrollWidth];
            return [...document.querySelectorAll('main *, header *, footer *')]
              .filter(each => !each.parentElement.closest('.scroll, pre, svg, .uplot') && !each.closest('svg'))
              .filter(each => { const box = each.getBoundingClientRect(); return box.width > 0 && (box.right > width + 1 || box.left < -1); })
              .map(each => each.outerHTML.slice(0, 120));""";

    private static final String LISTEN =
            "window.reached = new Set(); addEventListener('focusin', event => window.reached.add(event.target));";

    private static final String UNREACHED = """
            return [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
              .filter(each => each.checkVisibility() && !window.reached.has(each))
              .map(each => each.outerHTML.slice(0, 120));""";

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test where there is none. */
    static Browser start() {
        Optional<Browser> browser = find();
        assumeTrue(
                browser.isPresent(),
                "no chromium and chromedriver on this machine: apt-get install chromium chromium-driver");
        return browser.orElseThrow();
    }

    /** Empty where there is no Chromium, or no driver of it. */
    public static Optional<Browser> find() {
        Optional<File> browser = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> installed(name).stream())
                .findFirst();
        return installed("chromedriver").flatMap(driver -> browser.map(binary -> new Browser(start(binary, driver))));
    }

    private static ChromeDriver start(File browser, File driver) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser);
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service =
                new ChromeDriverService.Builder().usingDriverExecutable(driver).build();
        return new ChromeDriver(service, options);
    }

    private static Optional<File> installed(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> new File(directory, program))
                .filter(File::canExecute)
                .findFirst();
    }

    /** As wide and high as this, light or dark. */
    public Browser open(Path page, int width, int height, String colours) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
        driver.get(page.toUri().toString());
        return this;
    }

    /** Of a report whatever it is of: what must hold of each, on a large screen and a small one. */
    public void assertGood(Path page) {
        for (int width : new int[] {1280, 390}) {
            open(page, width, 800, width == 390 ? "dark" : "light");
            assertQuiet(page);
            assertThat(list(BLANK))
                    .as("pictures without anything drawn, at " + width)
                    .isEmpty();
            assertThat(list(CUT)).as("cut at " + width).isEmpty();
            assertThat((boolean) driver.executeScript(
                            "const box = document.getElementById('verdict').getBoundingClientRect();"
                                    + " return box.top >= 0 && box.bottom < innerHeight;"))
                    .as("the verdict is on the first screen, at " + width)
                    .isTrue();
        }
        assertKeyboardReachesEverything();
    }

    /** It has complained of nothing, and asked for nothing but the page itself. */
    void assertQuiet(Path page) {
        assertThat(driver.manage().logs().get(LogType.BROWSER).getAll()).isEmpty();
        assertThat(driver.manage().logs().get(LogType.PERFORMANCE).getAll())
                .extracting(entry -> entry.getMessage())
                .filteredOn(message -> message.contains("\"Network.requestWillBeSent\""))
                .allMatch(message ->
                        message.contains("\"url\":\"" + page.toUri() + "\"") || message.contains("\"url\":\"data:"));
    }

    private void assertKeyboardReachesEverything() {
        driver.executeScript(LISTEN);
        long most = 2
                * (long) driver.executeScript(
                        "return document.querySelectorAll('a, button, input, summary, [tabindex]').length");
        for (long i = 0; i < most && !list(UNREACHED).isEmpty(); i++) {
            new Actions(driver).sendKeys(Keys.TAB).perform();
        }
        assertThat(list(UNREACHED)).as("what Tab does not reach").isEmpty();
    }

    @SuppressWarnings("unchecked")
    List<String> list(String script) {
        return (List<String>) driver.executeScript(script);
    }

    ChromeDriver driver() {
        return driver;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
