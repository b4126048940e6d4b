/**
 * What keeps a fault in one piece of work from the rest: it knows nothing of the other packages.
 */
package ee.supervisor.guard;
