package ee.supervisor.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manual page in mdoc(7), whose lists hold what the programs themselves know. Each list stands
 * between two comments; with {@code -Doptions.write=true} it is written anew instead of compared.
 */
public final class ManualPage {
  private static final int WIDTH = 78;
  private static final Path PAGES = Path.of("../docs/man").toAbsolutePath().normalize();
  private static final Pattern LIST =
      Pattern.compile("\\.\\\\\" list: (.*)\n(?s:.*?)\\.\\\\\" end of list\n");
  private static final Pattern OPTION =
      Pattern.compile("(?:(-\\w)/)?(--[\\w-]+)(?: ([A-Z]+))? -- (.*)", Pattern.DOTALL);

  private final Path file;

  /**
   * @param name name and section: {@code supervisord.1}
   */
  public ManualPage(String name) {
    file = PAGES.resolve(name);
  }

  /**
   * What a list explains, and how.
   *
   * @param term in mdoc's macros
   * @param text in Markdown
   */
  public record Item(String term, String text) {}

  /** All that the page says, as mdoc. */
  public String text() throws IOException {
    return Files.readString(file);
  }

  /** The names of the page's lists. */
  public List<String> lists() throws IOException {
    return LIST.matcher(text()).results().map(list -> list.group(1)).toList();
  }

  /** Sees to it that a list of the page holds these items, and nothing else. */
  public void holds(String list, List<Item> items) throws IOException {
    String page = text();
    Matcher found = LIST.matcher(page);
    while (found.find()) {
      if (found.group(1).equals(list)) {
        String wanted =
            page.substring(0, found.start())
                + ".\\\" list: %s\n%s.\\\" end of list\n".formatted(list, mdoc(items))
                + page.substring(found.end());
        if (Boolean.getBoolean("options.write")) {
          Files.writeString(file, wanted);
        }
        assertEquals(wanted, text(), file + "; -Doptions.write=true brings it up to date");
        return;
      }
    }
    throw new AssertionError(file + " has no list: " + list);
  }

  /** The options that a usage text explains, each with {@code --} before its explanation. */
  public static List<Item> options(String usage) {
    List<Item> items = new ArrayList<>();
    for (String paragraph : usage.replaceAll("\n +", " ").split("\n", -1)) {
      Matcher option = OPTION.matcher(paragraph);
      if (option.matches()) {
        String argument = option.group(3);
        String letter = option.group(1) == null ? "" : "Fl %s".formatted(option.group(1).charAt(1));
        String name = "Fl Fl " + escaped(option.group(2).substring(2));
        if (argument != null) {
          letter = letter.isEmpty() ? "" : letter + " Ar " + argument;
          name += " Ns = Ns Ar " + argument;
        }
        items.add(
            new Item(letter + (letter.isEmpty() ? "" : " , ") + name, sentence(option.group(4))));
      } else if (paragraph.startsWith("-")) {
        throw new AssertionError("no option with its explanation: " + paragraph);
      }
    }
    return items;
  }

  /** A text that ends as sentences do. */
  public static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  /** A word or a phrase as one argument of a macro. */
  public static String argument(String words) {
    return '"' + escaped(words).replace("\"", "\"\"") + '"';
  }

  private static String mdoc(List<Item> items) {
    StringBuilder mdoc = new StringBuilder(".Bl -tag -width Ds\n");
    for (Item item : items) {
      mdoc.append(".It ").append(item.term()).append('\n').append(lines(item.text()));
    }
    return mdoc.append(".El\n").toString();
  }

  /** Markdown as text lines, a sentence beginning a line. */
  private static String lines(String markdown) {
    String text =
        escaped(markdown.replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1"))
            .replaceAll("`([^`]*)`", "\\\\fB$1\\\\fR");
    StringBuilder lines = new StringBuilder();
    for (String sentence : text.split("(?<=\\.) (?=[A-Z\\\\])", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : sentence.split(" ", -1)) {
        if (line.length() + 1 + word.length() > WIDTH && !line.isEmpty()) {
          lines.append(line).append('\n');
          line.setLength(0);
        }
        // a control line begins so
        String start = word.startsWith(".") || word.startsWith("'") ? "\\&" : "";
        line.append(line.isEmpty() ? start : " ").append(word);
      }
      lines.append(line).append('\n');
    }
    return lines.toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
