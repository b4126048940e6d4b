/** What can happen, and what a process and supervisord can be in: the words all others share. */
package ee.supervisor.event;
