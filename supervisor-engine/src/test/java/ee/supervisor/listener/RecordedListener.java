package ee.supervisor.listener;

import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.text.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A listener process that is not there: keeps what it is sent, and is what a test says it is. */
final class RecordedListener implements EventListener {
  final List<String> received = new ArrayList<>();
  boolean running = true;
  boolean stdinOpen = true;

  private final String name;

  RecordedListener(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public boolean send(Bytes envelope) {
    if (stdinOpen) {
      received.add(envelope.toString());
    }
    return stdinOpen;
  }

  /** The payloads received, in order. */
  List<String> payloads() {
    return received.stream().map(each -> each.substring(each.indexOf('\n') + 1)).toList();
  }

  /** The value of one header field of each envelope received. */
  List<String> header(String field) {
    return received.stream().map(each -> valueOf(field, each)).toList();
  }

  private static String valueOf(String field, String envelope) {
    Matcher value = Pattern.compile("(?:^| )" + field + ":([^ \n]*)").matcher(envelope);
    assertThat(value.find()).as("%s in %s", field, envelope).isTrue();
    return value.group(1);
  }
}
