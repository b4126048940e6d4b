package ee.supervisor.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ee.supervisor.web.DoorServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.support.Color;

/** A real Chromium that remembers nothing from before, and a person who sits at it. */
final class Browser implements AutoCloseable {
  /** Far longer than anything takes here, for machines that are busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Opens one. */
  static Browser open() {
    return open(true);
  }

  /** Opens one in which the person has switched JavaScript off. */
  static Browser withoutScripts() {
    return open(false);
  }

  private static Browser open(boolean scripts) {
    // the driver makes a fresh profile, and removes it at the end
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Chromium.program().toFile());
    options.addArguments(Chromium.ARGUMENTS);
    options.addArguments("--window-size=1400,900");
    options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
    if (!scripts) {
      options.setExperimentalOption(
          "prefs", Map.of("profile.managed_default_content_settings.javascript", 2));
    }
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Chromium.driver().toFile())
            .usingAnyFreePort()
            .build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** Goes to the page of {@code doors}, with what follows the host in the address. */
  Browser visit(DoorServer doors, String path) {
    driver.get("about:blank");
    // complaints about what was before are let go
    driver.manage().logs().get("browser");
    driver.get(doors.uri(path).toString());
    return this;
  }

  /**
   * Goes there as a user who has given {@code name:password}.
   *
   * @param credentials fit to stand in an address
   */
  Browser visitAs(DoorServer doors, String credentials) {
    driver.get("http://" + credentials + "@127.0.0.1:" + doors.port() + "/ok.html");
    return visit(doors, "/");
  }

  /** Goes to a page as a user who gives name and password at the login page in between. */
  Browser logIn(DoorServer doors, String path, String user, String password) {
    visit(doors, path);
    return press(user, Keys.TAB, password, Keys.ENTER);
  }

  /**
   * Goes to a page by an address with a name and a password in it.
   *
   * @param credentials fit to stand in an address
   */
  Browser visitWith(DoorServer doors, String credentials, String path) {
    driver.get("http://" + credentials + "@127.0.0.1:" + doors.port() + path);
    return this;
  }

  /** Takes a cookie that a server sets. */
  void takeCookie(String set) {
    String[] parts = set.replaceFirst(";.*", "").split("=", 2);
    driver.manage().addCookie(new Cookie.Builder(parts[0], parts[1]).isHttpOnly(true).build());
  }

  /** What the page says to those who listen to it, at once. */
  String alert() {
    return driver.findElement(By.cssSelector("[role=alert]")).getText();
  }

  /** The language that the page says it is in. */
  String language() {
    return driver.findElement(By.tagName("html")).getAttribute("lang");
  }

  /** The cookies that it would send, as a header has them; those that scripts cannot see too. */
  String cookies() {
    return driver.manage().getCookies().stream()
        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  /** The value of an attribute of the first element that fits. */
  String attribute(String selector, String name) {
    return driver.findElement(By.cssSelector(selector)).getAttribute(name);
  }

  /** A picture of what is shown. */
  byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  /** Loads the page that is shown again. */
  void reload() {
    driver.navigate().refresh();
  }

  /** Turns the window into a phone's screen. */
  void becomePhone() {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
  }

  /** Turns it back into a window. */
  void becomeWindow() {
    driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
  }

  /** Has the system ask for dark pages, or for light ones. */
  void prefersDark(boolean dark) {
    Map<String, Object> wish =
        Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(wish)));
  }

  /**
   * Everything on the page that some people cannot see, read or use: in a window and on a phone,
   * light and dark.
   */
  List<String> barriers() {
    List<String> barriers = new ArrayList<>();
    for (boolean dark : List.of(false, true)) {
      prefersDark(dark);
      barriers.addAll(Accessibility.violations(driver));
      becomePhone();
      barriers.addAll(Accessibility.violations(driver));
      becomeWindow();
    }
    return barriers;
  }

  /** Follows a link that a page of another site has. */
  Browser followFromElsewhere(DoorServer doors, String path) {
    driver.get("data:text/html,<a href='" + doors.uri(path) + "'>go</a>");
    return click("go");
  }

  /** How many pixels the page is wider than the window. */
  int sidewaysScroll() {
    return number(
        "const page = document.documentElement; return page.scrollWidth - page.clientWidth");
  }

  private int number(String script) {
    return ((Number) driver.executeScript(script)).intValue();
  }

  /** Whether the page is light text on a dark ground. */
  boolean isDark() {
    String ground = driver.findElement(By.tagName("body")).getCssValue("background-color");
    return Color.fromString(ground).getColor().getGreen() < 60;
  }

  String address() {
    return driver.getCurrentUrl();
  }

  String title() {
    return driver.getTitle();
  }

  /** What can be read on the page at the moment. */
  String text() {
    return text(driver.findElement(By.tagName("body")));
  }

  /** As the browser has it at once, where the driver would look at each element. */
  private String text(WebElement element) {
    return (String) driver.executeScript("return arguments[0].innerText", element);
  }

  /** Waits until the page says {@code text}. */
  Browser sees(String text) {
    waitFor("the page to say " + text, () -> text().contains(text));
    return this;
  }

  /** Waits until the page does not say {@code text} any more. */
  Browser seesNoMore(String text) {
    waitFor("the page not to say " + text, () -> !text().contains(text));
    return this;
  }

  /** Waits until the page is connected with supervisord. */
  Browser isLive() {
    return sees("Live");
  }

  /** The row of a process, which may be hidden. */
  WebElement row(String process) {
    return driver.findElement(By.cssSelector("tr[data-process=\"" + process + "\"]"));
  }

  /** Waits until the row of a process says {@code text}. */
  Browser seesInRow(String process, String text) {
    waitFor("the row of " + process + " to say " + text, () -> text(row(process)).contains(text));
    return this;
  }

  /** The names in the rows that can be seen, from top to bottom. */
  List<String> names() {
    Object names =
        driver.executeScript(
            "return [...document.querySelectorAll('td.name')]"
                + ".filter((one) => one.checkVisibility()).map((one) => one.innerText)");
    return ((List<?>) names).stream().map(Object::toString).toList();
  }

  /** Waits until exactly these processes are shown, in this order. */
  Browser seesRows(String... names) {
    waitFor("rows " + List.of(names), () -> names().equals(List.of(names)));
    return this;
  }

  /** Clicks the button, or the link, with that label. */
  Browser click(String label) {
    return clickIn(driver.findElement(By.tagName("body")), label);
  }

  /** Clicks it in the row of a process. */
  Browser clickInRow(String process, String label) {
    return clickIn(row(process), label);
  }

  /** Clicks it in the dialog that is open. */
  Browser clickInDialog(String label) {
    return clickIn(driver.findElement(By.cssSelector("dialog[open]")), label);
  }

  private Browser clickIn(WebElement place, String label) {
    By labelled =
        By.xpath(
            ".//*[self::button or self::a or self::summary][normalize-space()='%1$s' or @aria-label='%1$s']"
                .formatted(label));
    waitFor(
        "a button " + label,
        () -> {
          Optional<WebElement> button =
              place.findElements(labelled).stream().filter(WebElement::isDisplayed).findFirst();
          button.ifPresent(WebElement::click);
          return button.isPresent();
        });
    return this;
  }

  /** Ticks the box before a process. */
  Browser mark(String process) {
    row(process).findElement(By.cssSelector("input[type=checkbox]")).click();
    return this;
  }

  /** Presses keys, one after the other, wherever the focus is. */
  Browser press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
    return this;
  }

  /**
   * Waits until something is as the person expects; what is drawn anew meanwhile is looked up
   * again.
   */
  void waitFor(String what, Callable<Boolean> condition) {
    await(what)
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(
            e -> e instanceof StaleElementReferenceException || e instanceof NoSuchElementException)
        .until(condition);
  }

  /** The last line of the log that is open; empty if there is none yet. */
  String lastLogLine() {
    Object line =
        driver.executeScript(
            "return [...document.querySelectorAll('dialog[open] .lines .block > div')].at(-1)?.textContent");
    return line == null ? "" : line.toString();
  }

  /** Waits until a line of the log can be seen without scrolling. */
  Browser seesOnScreen(String line) {
    waitFor(
        line + " to be on the screen",
        () ->
            (Boolean)
                driver.executeScript(
                    """
                    const place = document.querySelector('dialog[open] .lines').getBoundingClientRect();
                    return [...document.querySelectorAll('dialog[open] .lines .block > div')].some((one) => {
                      const {top, bottom} = one.getBoundingClientRect();
                      return one.textContent === arguments[0] && top >= place.top && bottom <= place.bottom;
                    });
                    """,
                    line));
    return this;
  }

  /** The colour of a piece of text in the log. */
  String colourOf(String text) {
    return driver.findElement(By.xpath("//dialog//*[text()='" + text + "']")).getCssValue("color");
  }

  /** How many lines the log that is open holds. */
  int logLines() {
    return number("return document.querySelectorAll('dialog[open] .lines .block > div').length");
  }

  /**
   * Nothing was forbidden by the policy, nothing was missing, no script failed; a refusal by
   * Supervisor, which browsers report too, is none of these.
   */
  void hasNoComplaints() {
    assertThat(driver.manage().logs().get("browser").getAll())
        .filteredOn(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .extracting(LogEntry::getMessage)
        .filteredOn(message -> !message.contains("a status of 409"))
        .isEmpty();
  }

  /** Forgets what the page had remembered, and leaves it, so that its connections end. */
  void leave() {
    if (address().startsWith("http")) {
      driver.executeScript("localStorage.clear()");
    }
    if (address().startsWith("http")) {
      driver.manage().deleteAllCookies();
    }
    driver.get("about:blank");
  }

  @Override
  public void close() {
    driver.quit();
  }
}
