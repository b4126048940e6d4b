package ee.supervisor.listener;

import static ee.supervisor.testing.Requirement.REFERENCE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ee.supervisor.event.Python;
import ee.supervisor.testing.Requires;
import ee.supervisor.text.Bytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random conversations, judged by us and by the reference's own dispatcher. */
@Requires(REFERENCE)
class ListenerProtocolAgainstReferenceTest {
  private static final int CONVERSATIONS = 3000;

  /**
   * What a listener may say, alone or in pieces. Left out is what we do better: an empty result,
   * which the reference notices only with the next output, and lengths that it never ends waiting
   * for.
   */
  private static final List<String> SAYINGS =
      List.of(
          "READY\n",
          "RESULT 2\nOK",
          "RESULT 4\nFAIL",
          "RESULT 2\n",
          "OK",
          "RESULT x\n",
          "RESULT \n",
          "RESULT 3\nO",
          "K\n",
          "READ",
          "Y\n",
          "RESULT +2\r\nOK",
          "\u00ff\u00fe\n",
          "\n",
          "hello world");

  private static final class AcceptingOk implements ListenerProtocol.Judge {
    int notProcessed;

    @Override
    public ListenerProtocol.Verdict judge(Bytes result) {
      return result.equals(Bytes.utf8("OK"))
          ? ListenerProtocol.Verdict.ACCEPTED
          : ListenerProtocol.Verdict.REJECTED;
    }

    @Override
    public void notProcessed() {
      notProcessed++;
    }
  }

  @Test
  void everyConversationGoesAsInTheReference() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<List<String>> conversations = new ArrayList<>();
    for (int i = 0; i < CONVERSATIONS; i++) {
      conversations.add(conversation(random));
    }

    String input =
        String.join("\n", conversations.stream().map(words -> String.join(" ", words)).toList());
    List<String> theirs =
        Python.feed(Bytes.utf8(input), Python.script("reference_protocol.py")).lines().toList();

    assertThat(theirs).hasSize(CONVERSATIONS);
    for (int i = 0; i < CONVERSATIONS; i++) {
      assertThat("'" + judged(conversations.get(i)) + "'")
          .as("seed %d, conversation %s", seed, conversations.get(i))
          .isEqualTo(unquoted(theirs.get(i)));
    }
  }

  /** Mostly well-behaved at first, since a listener that broke the protocol says nothing new. */
  private static List<String> conversation(Random random) {
    List<String> words = new ArrayList<>();
    int good = random.nextInt(4);
    for (int i = 0; i < good; i++) {
      addInPieces(words, "READY\n", random);
      words.add("send");
      addInPieces(words, random.nextBoolean() ? "RESULT 2\nOK" : "RESULT 4\nFAIL", random);
    }
    for (int i = random.nextInt(6); i >= 0; i--) {
      if (random.nextInt(4) == 0) {
        words.add("send");
      }
      addInPieces(words, SAYINGS.get(random.nextInt(SAYINGS.size())), random);
    }
    return words;
  }

  private static void addInPieces(List<String> words, String saying, Random random) {
    byte[] bytes = saying.getBytes(ISO_8859_1);
    int from = 0;
    while (from < bytes.length) {
      int to = random.nextBoolean() ? bytes.length : from + 1 + random.nextInt(bytes.length - from);
      words.add(HexFormat.of().formatHex(bytes, from, to));
      from = to;
    }
  }

  private static String judged(List<String> words) {
    RecordedLog log = new RecordedLog();
    AcceptingOk judge = new AcceptingOk();
    ListenerProtocol protocol = new ListenerProtocol("mail", judge, log);
    List<String> states = new ArrayList<>();
    for (String word : words) {
      if (!word.equals("send")) {
        protocol.receive(Bytes.copyOf(HexFormat.of().parseHex(word)));
      } else if (protocol.state() == ListenerState.READY) {
        protocol.eventSent();
      }
      states.add(protocol.state().name());
    }
    return "%s %d %s"
        .formatted(String.join(",", states), judge.notProcessed, String.join("|", log.lines));
  }

  /** Python's ascii() with double quotes around, where the text holds single ones. */
  private static String unquoted(String literal) {
    String inner = literal.substring(1, literal.length() - 1);
    return "'" + inner.replace("\\\\", "\\").replace("\\'", "'").replace("\\r", "\r") + "'";
  }
}
