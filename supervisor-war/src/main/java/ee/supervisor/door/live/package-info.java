/** What the newer doors (REST, metrics, the page) share, kept only once one of them is used. */
package ee.supervisor.door.live;
