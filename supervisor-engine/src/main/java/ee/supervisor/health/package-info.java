/** Whether supervisord turns, and whether what it starts is up. */
package ee.supervisor.health;
