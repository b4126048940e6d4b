package ee.supervisor.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The examples of the OpenAPI document: there is one of everything, and each is what it shows. */
class OpenApiExamplesTest {
  private final Contract contract = new Contract();

  @Test
  void everyBodyHasExamplesOfItsSchema() {
    for (Contract.Operation operation : contract.operations()) {
      if (operation.description().has("requestBody")) {
        checkContent(operation + " request", operation.description().get("requestBody"));
      }
      operation
          .description()
          .get("responses")
          .properties()
          .forEach(
              response ->
                  checkContent(
                      operation + " " + response.getKey(), contract.resolve(response.getValue())));
    }
  }

  private void checkContent(String what, JsonNode holder) {
    holder
        .path("content")
        .properties()
        .forEach(
            media -> {
              JsonNode examples = media.getValue().path("examples");
              assertThat(examples).as(what).isNotEmpty();
              examples.forEach(
                  example ->
                      contract.check(
                          what,
                          media.getValue().get("schema"),
                          contract.resolve(example).get("value")));
            });
  }

  @Test
  void everyParameterAndHeaderHasAnExampleOfItsSchema() {
    for (String kind : new String[] {"parameters", "headers"}) {
      contract
          .document()
          .at("/components/" + kind)
          .properties()
          .forEach(
              each -> {
                assertThat(each.getValue().has("example")).as(each.getKey()).isTrue();
                contract.check(
                    each.getKey(), each.getValue().get("schema"), each.getValue().get("example"));
              });
    }
  }

  @Test
  void whatStandsBesideAMemberIsAnExampleOfIt() {
    contract
        .document()
        .at("/components/schemas")
        .forEach(
            schema ->
                schema
                    .path("properties")
                    .properties()
                    .forEach(
                        member -> {
                          if (member.getValue().has("example")) {
                            contract.check(
                                member.getKey(),
                                member.getValue(),
                                member.getValue().get("example"));
                          }
                        }));
  }

  @Test
  void theExamplesOfEventsAreEvents() throws IOException {
    JsonNode examples =
        contract.document().at("/paths/~1events/get/responses/200/content/text~1event-stream");
    for (JsonNode example : examples.get("examples")) {
      ServerSentEvents.check(contract, example.get("value").asText().lines().toList());
    }
  }

  @Test
  void everythingThatHasANameIsReferredTo() {
    Set<String> named = new TreeSet<>();
    for (String kind : new String[] {"parameters", "headers", "responses", "examples", "schemas"}) {
      contract
          .document()
          .at("/components/" + kind)
          .fieldNames()
          .forEachRemaining(name -> named.add("#/components/" + kind + "/" + name));
    }
    // they are inside of server-sent events, which the document can only describe in words
    named.remove("#/components/schemas/Event");
    named.remove("#/components/schemas/LostEvents");

    Set<String> used = new TreeSet<>(contract.document().findValuesAsText("$ref"));

    assertThat(used).isEqualTo(named);
  }
}
