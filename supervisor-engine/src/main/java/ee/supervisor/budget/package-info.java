/** How much memory others may make supervisord hold: what they send, and what they do not read. */
package ee.supervisor.budget;
