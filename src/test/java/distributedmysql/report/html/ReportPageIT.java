package distributedmysql.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import distributedmysql.report.ReportWriter;
import distributedmysql.report.Reports;
import distributedmysql.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.print.PrintOptions;

/** The HTML report in a browser; those of real runs are looked at where they are played. */
class ReportPageIT {
    @TempDir
    private Path directory;

    private Browser browser;

    @BeforeEach
    void start() {
        browser = Browser.start();
    }

    @AfterEach
    void end() {
        if (browser != null) {
            browser.close();
        }
    }

    private Path full() {
        return HtmlReport.write(Reports.full(), ReportWriter.write(Reports.full(), directory));
    }

    private Path drawn() {
        RunReport report = Reports.full().with(Reports.full().stages(), Map.of("drawn", new DrawnPlots.Drawn(1)));
        return HtmlReport.write(report, ReportWriter.write(report, directory));
    }

    @Test
    @DisplayName("A report with every key: no complaint, no request, no blank picture, nothing cut, all by keyboard")
    void everyKey() {
        browser.assertGood(full());
    }

    @Test
    @DisplayName("The same of pictures with everything that a picture can have")
    void everyPicture() {
        browser.assertGood(drawn());
    }

    @Test
    void interrupted() {
        RunReport report = RunReport.of(Reports.full().run(), Reports.full().topology(), List.of(), List.of());
        browser.assertGood(HtmlReport.write(report, ReportWriter.write(report, directory)));
    }

    @Test
    @DisplayName(
            "A part of a picture is shown by dragging or by keys, and all of it again; its values are read by keys")
    void zoom() {
        browser.open(drawn(), 1280, 900, "light");
        WebElement picture = browser.driver().findElement(By.cssSelector("[data-plot='4']"));
        WebElement reset = picture.findElement(By.className("reset"));
        assertThat(reset.isDisplayed()).isFalse();

        WebElement over = picture.findElement(By.className("u-over"));
        new Actions(browser.driver())
                .scrollToElement(over)
                .moveToElement(over, -100, 0)
                .clickAndHold()
                .moveByOffset(150, 0)
                .release()
                .perform();
        assertThat(reset.isDisplayed()).isTrue();
        reset.click();
        assertThat(reset.isDisplayed()).isFalse();

        picture.findElement(By.className("area")).sendKeys(Keys.ARROW_RIGHT, "+");
        assertThat(reset.isDisplayed()).isTrue();
        assertThat(picture.findElement(By.className("readout")).getText()).startsWith("at time, s: ");
        assertThat(picture.findElement(By.className("value")).getText()).isNotBlank();
        picture.findElement(By.className("area")).sendKeys(Keys.ESCAPE);
        assertThat(reset.isDisplayed()).isFalse();
    }

    @Test
    @DisplayName(
            "Behind each picture is its table, a series can be hidden, checks are found by text and verdict, colours change, and it prints")
    void controls() {
        Path page = drawn();
        browser.open(page, 1280, 900, "light");
        WebElement picture = browser.driver().findElement(By.cssSelector("[data-plot='3']"));
        picture.findElement(By.tagName("summary")).click();
        await().until(() -> !picture.findElements(By.tagName("table")).isEmpty());
        assertThat(picture.findElement(By.tagName("table")).getText()).contains("delay, ms", "0.71", "0.97");
        WebElement series = picture.findElement(By.cssSelector(".legend button"));
        series.click();
        assertThat(series.getDomAttribute("aria-pressed")).isEqualTo("false");

        WebElement find = browser.driver().findElement(By.cssSelector("#checks input[type=search]"));
        find.sendKeys("no such check");
        assertThat(browser.driver().findElements(By.cssSelector("#checks li:not([hidden])")))
                .isEmpty();
        find.clear();
        find.sendKeys("target");
        assertThat(browser.driver().findElements(By.cssSelector("#checks li:not([hidden])")))
                .hasSize(1);

        String ground = "return getComputedStyle(document.body).backgroundColor";
        Object light = browser.driver().executeScript(ground);
        browser.driver().findElement(By.id("theme")).click();
        assertThat(browser.driver().executeScript(ground)).isNotEqualTo(light);
        assertThat(browser.driver().print(new PrintOptions()).getContent()).isNotEmpty();
        browser.assertQuiet(page);
    }
}
