/**
 * What a third party needs to add methods to the XML-RPC interface: {@link
 * ee.supervisor.rpc.RpcInterfaceFactory} and what it returns.
 */
package ee.supervisor.rpc;
