/** Health at {@code /health}: whether supervisord turns, and whether what it starts is up. */
package ee.supervisor.web.health;
