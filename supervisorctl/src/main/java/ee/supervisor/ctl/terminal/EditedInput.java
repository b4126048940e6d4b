package ee.supervisor.ctl.terminal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/** Reads lines on a terminal, with editing, history and completion. */
final class EditedInput implements Input {
  private final LineReader lines;
  private final LineReader answers;

  /**
   * Takes the terminal.
   *
   * @param completion gives the words that the last word of a line can become
   * @param historyFile where to keep the lines, or empty for nowhere
   * @throws java.io.UncheckedIOException if there is no terminal after all
   */
  EditedInput(Function<String, List<String>> completion, Optional<Path> historyFile) {
    Terminal terminal = SystemTerminal.get();
    // what is typed is split at white space and nowhere else; quotes and backslashes are text
    DefaultParser parser = new DefaultParser().quoteChars(new char[0]).escapeChars(new char[0]);
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(parser)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.BRACKETED_PASTE, false)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            // as readline: another Tab lists again, and what is typed next goes on with the word
            .option(LineReader.Option.AUTO_MENU, false)
            .completer(
                (reader, line, candidates) ->
                    completion
                        .apply(line.line().substring(0, line.cursor()))
                        .forEach(word -> candidates.add(new Candidate(word))));
    historyFile.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
    lines = builder.build();
    bindCursorKeys(lines);
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
  }

  /** What cursor keys send in the mode that JLine doesn't switch on, as readline has it. */
  private static void bindCursorKeys(LineReader reader) {
    Map.of(
            "A", LineReader.UP_LINE_OR_HISTORY,
            "B", LineReader.DOWN_LINE_OR_HISTORY,
            "C", LineReader.FORWARD_CHAR,
            "D", LineReader.BACKWARD_CHAR,
            "H", LineReader.BEGINNING_OF_LINE,
            "F", LineReader.END_OF_LINE)
        .forEach(
            (key, widget) ->
                reader
                    .getKeyMaps()
                    .get(LineReader.MAIN)
                    .bind(new Reference(widget), "\u001b[" + key));
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
    try {
      return read(answers, "", null);
    } catch (LeftByInterruptException e) {
      throw (IOException) new InterruptedIOException("Ctrl-C").initCause(e);
    }
  }
}
