/** Says what tests need beyond a JDK and Maven, and skips them where that is missing. */
package ee.supervisor.testing;
