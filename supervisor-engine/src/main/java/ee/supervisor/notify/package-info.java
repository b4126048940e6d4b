/**
 * Hears what programs say of themselves by sd_notify(3): that they are ready, how they fare, that
 * they live.
 */
package ee.supervisor.notify;
