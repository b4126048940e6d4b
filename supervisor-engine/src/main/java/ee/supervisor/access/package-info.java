/** Who asks for what by which door: what that takes, and that it is recorded. */
package ee.supervisor.access;
