/** Command lines, taken apart as getopt(3) does. */
package ee.supervisor.getopt;
