/**
 * Looks after the health of running processes: asks ports, URLs and commands whether they are ready
 * and alive, on a thread of its own.
 */
package ee.supervisor.check;
