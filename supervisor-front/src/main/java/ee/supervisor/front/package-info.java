/**
 * The front: owns every listening socket, serves Supervisor's own interfaces from the engine, and
 * passes what is left on to the application server behind it. Nothing a client does, or does not
 * do, holds up another one.
 */
package ee.supervisor.front;
