/** How people log in and out in a browser. */
package ee.supervisor.login;
