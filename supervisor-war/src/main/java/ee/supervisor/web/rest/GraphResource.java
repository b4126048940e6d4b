package ee.supervisor.web.rest;

import ee.supervisor.control.ProcessGraph;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** {@code /graph}: who needs whom, and what start-up took its time for. */
@Path("graph")
@Produces(MediaType.APPLICATION_JSON)
public class GraphResource extends RestResource {
  /** The graph as it is now. */
  @GET
  public Map<String, Object> show() {
    return ProcessGraph.of(supervisor()).document();
  }
}
