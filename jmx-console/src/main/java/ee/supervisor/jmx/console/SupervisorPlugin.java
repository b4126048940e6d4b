package ee.supervisor.jmx.console;

import com.sun.tools.jconsole.JConsoleContext;
import com.sun.tools.jconsole.JConsoleContext.ConnectionState;
import com.sun.tools.jconsole.JConsolePlugin;
import ee.supervisor.jmx.client.SupervisorClient;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.swing.JPanel;
import javax.swing.SwingWorker;

/** Adds the tab "Supervisor" to a JConsole window: {@code jconsole -pluginpath jmx-console.jar}. */
public final class SupervisorPlugin extends JConsolePlugin {
  private SupervisorTab tab;

  /** Called by JConsole. */
  public SupervisorPlugin() {
    addContextPropertyChangeListener(
        change -> {
          if (change.getPropertyName().equals(JConsoleContext.CONNECTION_STATE_PROPERTY)
              && change.getNewValue() == ConnectionState.CONNECTED
              && tab != null) {
            connect();
          }
        });
  }

  @Override
  public Map<String, JPanel> getTabs() {
    if (tab == null) {
      tab = new SupervisorTab();
      connect();
    }
    Map<String, JPanel> tabs = new LinkedHashMap<>();
    tabs.put("Supervisor", tab.panel());
    return tabs;
  }

  private void connect() {
    tab.connect(new SupervisorClient(getContext().getMBeanServerConnection()));
  }

  /** JConsole asks for one at each of its own intervals. */
  @Override
  public SwingWorker<?, ?> newSwingWorker() {
    return tab.refresher();
  }

  @Override
  public void dispose() {
    if (tab != null) {
      tab.close();
    }
  }
}
