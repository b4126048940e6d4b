package ee.supervisor.web.page;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the tests of a class one browser, as a parameter, since starting one takes longer than most
 * tests; each finds it as if it were new.
 */
final class OpenBrowser implements AfterEachCallback, AfterAllCallback, ParameterResolver {
  private Browser browser;

  @Override
  public void afterEach(ExtensionContext context) {
    browser.leave();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (browser != null) {
      browser.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Browser.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (browser == null) {
      browser = Browser.open();
    }
    return browser;
  }
}
