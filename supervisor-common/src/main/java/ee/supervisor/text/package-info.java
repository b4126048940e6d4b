/** Bytes and texts, written and split as Python does where people or scripts read them. */
package ee.supervisor.text;
