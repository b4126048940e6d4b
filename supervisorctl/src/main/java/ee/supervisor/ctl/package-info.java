/**
 * The program {@code supervisorctl}: tells a running supervisord what to do and shows what it does.
 *
 * <p>Arrows point down: {@code ctl} (main, controller) and {@code shell} know {@code action},
 * {@code config} and {@code rpc}; these know {@code spi}, which is all that a plug-in sees.
 */
package ee.supervisor.ctl;
