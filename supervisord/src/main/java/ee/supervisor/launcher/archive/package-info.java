/** What the build's rehearsal of a start needs, and no other start. */
package ee.supervisor.launcher.archive;
