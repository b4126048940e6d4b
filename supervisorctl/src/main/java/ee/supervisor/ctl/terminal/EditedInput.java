package ee.supervisor.ctl.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Reads lines on a terminal, with editing, history and completion. */
final class EditedInput implements Input {
  private final Terminal terminal;
  private final LineReader lines;
  private final LineReader answers;
  private final RawLines raw;

  /**
   * Takes the terminal.
   *
   * @param completion gives the words that the last word of a line can become
   * @param historyFile where to keep the lines, or empty for nowhere
   * @throws UncheckedIOException if there is no terminal after all
   */
  EditedInput(Function<String, List<String>> completion, Optional<Path> historyFile) {
    try {
      terminal = TerminalBuilder.builder().system(true).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // what is typed is split at white space and nowhere else; quotes and backslashes are text
    DefaultParser parser = new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(parser)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.BRACKETED_PASTE, false)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .completer(
                (reader, line, candidates) ->
                    completion
                        .apply(line.line().substring(0, line.cursor()))
                        .forEach(word -> candidates.add(new Candidate(word))));
    historyFile.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    lines = builder.build();
    // answers to questions are no part of the history
    answers =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(parser)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.BRACKETED_PASTE, false)
            .variable(LineReader.DISABLE_HISTORY, true)
            .variable(LineReader.DISABLE_COMPLETION, true)
            .build();
    raw = new RawLines(this::rawLine);
  }

  @Override
  public Optional<String> readLine(String prompt) {
    return read(prompt.endsWith("> ") ? lines : answers, prompt, null);
  }

  @Override
  public Optional<String> readPassword(String prompt) {
    return read(answers, prompt, '\0');
  }

  private static Optional<String> read(LineReader reader, String prompt, Character mask) {
    try {
      return Optional.of(reader.readLine(prompt, mask));
    } catch (EndOfFileException e) {
      return Optional.empty();
    } catch (UserInterruptException e) {
      throw new LeftByInterruptException(e);
    }
  }

  @Override
  public Optional<String> readRawLine() throws IOException {
    return raw.next();
  }

  /** Reads through the terminal's own reader, since that may hold characters back already. */
  private Optional<String> rawLine() throws IOException {
    StringBuilder line = new StringBuilder();
    int c = terminal.reader().read();
    if (c < 0) {
      return Optional.empty();
    }
    while (c >= 0 && c != '\n') {
      line.append((char) c);
      c = terminal.reader().read();
    }
    return Optional.of(line.toString());
  }
}
