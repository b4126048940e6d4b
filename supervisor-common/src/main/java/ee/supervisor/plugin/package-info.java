/** Where classes of third parties come from. */
package ee.supervisor.plugin;
