/** REST at {@code /api/v1}: processes, groups, configuration, logs and events as JSON. */
package ee.supervisor.web.rest;
