/** How events reach those who listen: subscribers, slow audiences, pools of listener processes. */
package ee.supervisor.listener;
