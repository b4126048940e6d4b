/** supervisord.jar: the whole runnable tree in one file that runs by itself. */
package ee.supervisor.launcher.bundle;
