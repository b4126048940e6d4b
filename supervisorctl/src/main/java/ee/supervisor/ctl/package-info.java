/**
 * The program {@code supervisorctl}: directs a running supervisord and shows what it does.
 *
 * <p>Arrows point down: {@code ctl} (main, controller, shell) knows {@code action}, {@code config}
 * and {@code ee.supervisor.client}; these know {@code spi}, which with the client's {@code Server}
 * and {@code RpcFault} is all that a plug-in sees.
 */
package ee.supervisor.ctl;
