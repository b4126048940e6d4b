/** {@code /mcp}: the door for assistants, by the Model Context Protocol. */
package ee.supervisor.web.mcp;
