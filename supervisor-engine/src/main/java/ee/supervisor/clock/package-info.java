/** Local time, without what java.time loads to know it. */
package ee.supervisor.clock;
