/**
 * The same checks for a server that has MicroProfile Health. These classes alone name its
 * interface: where there is no such server nobody loads them.
 */
package ee.supervisor.web.health.microprofile;
