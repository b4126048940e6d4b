package ee.supervisor.telemetry;

import ee.supervisor.event.Event;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * An event with what it does not say itself, noted when it happened.
 *
 * @param at when
 * @param event what
 * @param exitStatus how the process ended, -1 for by a signal; empty where the event is no end
 * @param reason why a process ended badly or could not be started, empty if it did not
 */
public record Occurrence(Instant at, Event event, OptionalInt exitStatus, String reason) {}
