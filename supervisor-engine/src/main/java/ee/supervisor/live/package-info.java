/** What happens, as it happens: remembered for clients that were away, kept only once one asks. */
package ee.supervisor.live;
