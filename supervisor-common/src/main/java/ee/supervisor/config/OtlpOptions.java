package ee.supervisor.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code otlp_endpoint} of {@code [supervisord]} and what goes with it, which Supervisor does
 * not have: without an endpoint nothing is sent.
 */
final class OtlpOptions {
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final Pattern SIGNAL_PATH = Pattern.compile(".*/v1/(?:logs|metrics|traces)/*");

  private final Section section;

  private OtlpOptions(Section section) {
    this.section = section;
  }

  /**
   * Empty if there is no endpoint.
   *
   * @param section {@code [supervisord]}
   * @param warnings takes what is set in vain
   */
  static Optional<OtlpConfig> read(Section section, List<String> warnings) throws ConfigException {
    OtlpOptions options = new OtlpOptions(section);
    try {
      Optional<String> endpoint = options.endpoint();
      Map<String, String> headers = options.headers();
      Optional<Duration> interval = options.interval();
      if (endpoint.isEmpty() && (!headers.isEmpty() || interval.isPresent())) {
        warnings.add(
            "otlp_headers and otlp_interval in section 'supervisord' have no effect without"
                + " otlp_endpoint");
      }
      return endpoint.map(url -> new OtlpConfig(url, headers, interval));
    } catch (ConfigException e) {
      throw section.locate(e);
    }
  }

  private Optional<String> endpoint() throws ConfigException {
    Optional<String> text = section.text(Options.OTLP_ENDPOINT);
    if (text.isEmpty()) {
      return text;
    }
    if (!isEndpoint(text.get())) {
      throw new ConfigException(
          ("otlp_endpoint=%s is not the URL of a collector for OTLP over HTTP: such as"
                  + " http://127.0.0.1:4318 is wanted, without user, query and /v1/metrics")
              .formatted(Secrets.shown(text.get())));
    }
    return Optional.of(text.get().replaceFirst("/+$", ""));
  }

  private static boolean isEndpoint(String text) {
    try {
      URI uri = new URI(text);
      return Set.of("http", "https")
              .contains(Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT))
          && uri.getHost() != null
          && uri.getPort() != 0
          && uri.getPort() <= 65_535
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && !SIGNAL_PATH.matcher(uri.getRawPath()).matches();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Errors name headers, but never the text: it is likely to have a token in it. */
  private Map<String, String> headers() throws ConfigException {
    Optional<String> text = section.text(Options.OTLP_HEADERS);
    if (text.isEmpty()) {
      return Map.of();
    }
    Map<String, String> headers;
    try {
      headers = KeyValuePairs.parse(text.get());
    } catch (ConfigException e) {
      throw new ConfigException(
          "otlp_headers=%s has a part that is not of the form NAME=\"value\""
              .formatted(Secrets.HIDDEN),
          e);
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (!OtlpConfig.isSendable(header.getKey(), header.getValue())) {
        throw new ConfigException(
            ("otlp_headers=%s has a header that cannot be sent: '%s' (names are tokens, values"
                    + " printable ASCII, and what HTTP sets itself is not to be set)")
                .formatted(Secrets.HIDDEN, header.getKey()));
      }
    }
    return headers;
  }

  private Optional<Duration> interval() throws ConfigException {
    Optional<String> text = section.text(Options.OTLP_INTERVAL);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Duration interval;
    try {
      interval = Conversions.duration(text.get());
    } catch (ConfigException e) {
      throw new ConfigException("otlp_interval=" + text.get() + ": " + e.getMessage(), e);
    }
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new ConfigException("otlp_interval=%s is not between 1s and 1d".formatted(text.get()));
    }
    return Optional.of(interval);
  }
}
