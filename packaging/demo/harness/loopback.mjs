/**
 * Lets a server listen on this machine alone; it closes at once, whoever is still connected.
 * @param {import("node:http").Server} server
 * @param {number} [port] any that is free, unless one is named
 */
export async function onLoopback(server, port = 0) {
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
