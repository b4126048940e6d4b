/** What a configuration has to know of the machine it is read on. */
package ee.supervisor.host;
