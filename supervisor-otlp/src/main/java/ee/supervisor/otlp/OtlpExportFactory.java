package ee.supervisor.otlp;

import ee.supervisor.config.OtlpConfig;
import ee.supervisor.telemetry.Export;
import ee.supervisor.telemetry.ExportFactory;
import ee.supervisor.telemetry.Origin;
import java.util.Map;
import java.util.function.Consumer;

/** Opens collectors that speak OTLP over HTTP; found by its name. */
public final class OtlpExportFactory implements ExportFactory {

  @Override
  public Export open(
      OtlpConfig config,
      Origin origin,
      Map<String, String> environment,
      Consumer<String> warnings) {
    return new OtlpExport(config, origin, new Variables(environment, warnings));
  }
}
