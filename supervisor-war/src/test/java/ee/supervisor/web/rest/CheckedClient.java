package ee.supervisor.web.rest;

import ee.supervisor.web.DoorServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A client of REST, whose every answer is held against the OpenAPI document. */
final class CheckedClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final DoorServer server;
  private final Contract contract;

  CheckedClient(DoorServer server, Contract contract) {
    this.server = server;
    this.contract = contract;
  }

  HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri("/api/v1" + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    contract.check(method, path, response);
    return response;
  }
}
