package ee.supervisor.otlp;

import ee.supervisor.event.Event;
import ee.supervisor.event.ProcessState;
import ee.supervisor.telemetry.Occurrence;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes log records of events. Confined to one thread. */
final class EventRecords implements AutoCloseable {
  private static final AttributeKey<String> GROUP = AttributeKey.stringKey("supervisor.group");
  private static final AttributeKey<String> PROCESS = AttributeKey.stringKey("supervisor.process");
  private static final AttributeKey<String> FROM = AttributeKey.stringKey("supervisor.from_state");
  private static final AttributeKey<String> STATE = AttributeKey.stringKey("supervisor.state");
  private static final AttributeKey<String> REASON = AttributeKey.stringKey("supervisor.reason");
  private static final AttributeKey<String> DEPENDENCY =
      AttributeKey.stringKey("supervisor.dependency");
  private static final AttributeKey<Long> TRIES = AttributeKey.longKey("supervisor.tries");
  private static final AttributeKey<Long> EXIT_STATUS =
      AttributeKey.longKey("supervisor.exit_status");
  private static final AttributeKey<Boolean> EXPECTED =
      AttributeKey.booleanKey("supervisor.expected");

  // of OpenTelemetry's semantic conventions
  private static final AttributeKey<Long> PID = AttributeKey.longKey("process.pid");
  private static final AttributeKey<Long> EXIT_CODE = AttributeKey.longKey("process.exit.code");

  private final List<LogRecordData> made = new ArrayList<>();
  private final SdkLoggerProvider provider;
  private final Logger logger;

  EventRecords(Resource resource) {
    provider =
        SdkLoggerProvider.builder()
            .setResource(resource)
            .addLogRecordProcessor((context, record) -> made.add(record.toLogRecordData()))
            .build();
    logger = provider.get(Figures.SCOPE);
  }

  List<LogRecordData> of(List<Occurrence> events) {
    events.forEach(this::emit);
    List<LogRecordData> records = List.copyOf(made);
    made.clear();
    return records;
  }

  private void emit(Occurrence occurrence) {
    Event event = occurrence.event();
    Severity severity = severity(event);
    LogRecordBuilder record =
        logger
            .logRecordBuilder()
            .setContext(Context.root())
            .setTimestamp(occurrence.at())
            .setObservedTimestamp(occurrence.at())
            .setSeverity(severity)
            .setSeverityText(severity.name())
            .setEventName("supervisor." + event.eventType().name().toLowerCase(Locale.ROOT))
            .setBody(event.summary());
    event
        .source()
        .ifPresent(
            source -> {
              record.setAttribute(GROUP, source.group()).setAttribute(PROCESS, source.process());
              if (source.pid() > 0) {
                record.setAttribute(PID, (long) source.pid());
              }
            });
    if (event instanceof Event.ProcessStateChanged change) {
      describe(change, record);
    } else if (event instanceof Event.GroupAdded added) {
      record.setAttribute(GROUP, added.group());
    } else if (event instanceof Event.GroupRemoved removed) {
      record.setAttribute(GROUP, removed.group());
    } else if (event instanceof Event.DependencyFailed failed) {
      record.setAttribute(DEPENDENCY, failed.dependency());
    }
    occurrence
        .exitStatus()
        .ifPresent(
            status -> {
              record.setAttribute(EXIT_STATUS, (long) status);
              if (status >= 0) {
                record.setAttribute(EXIT_CODE, (long) status);
              }
            });
    if (!occurrence.reason().isEmpty()) {
      record.setAttribute(REASON, occurrence.reason());
    }
    record.emit();
  }

  private static void describe(Event.ProcessStateChanged change, LogRecordBuilder record) {
    record.setAttribute(FROM, change.from().name()).setAttribute(STATE, change.to().name());
    if (change.to() == ProcessState.STARTING || change.to() == ProcessState.BACKOFF) {
      record.setAttribute(TRIES, (long) change.tries());
    } else if (change.to() == ProcessState.EXITED) {
      record.setAttribute(EXPECTED, change.expected());
    }
  }

  private static Severity severity(Event event) {
    if (event instanceof Event.ProcessStateChanged change) {
      return switch (change.to()) {
        case FATAL -> Severity.ERROR;
        case BACKOFF, UNKNOWN -> Severity.WARN;
        case EXITED -> change.expected() ? Severity.INFO : Severity.WARN;
        case STARTING, RUNNING, STOPPING, STOPPED -> Severity.INFO;
      };
    }
    return event instanceof Event.DependencyFailed ? Severity.WARN : Severity.INFO;
  }

  @Override
  public void close() {
    provider.close();
  }
}
