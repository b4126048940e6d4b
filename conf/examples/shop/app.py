"""Counts visits in Redis. Usage: app.py PORT REDIS_PORT"""

import os
import signal
import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PORT, REDIS_PORT = int(sys.argv[1]), int(sys.argv[2])


def redis(*words):
    """One command, one reply: a line of text, an error, or a number."""
    request = b"*%d\r\n" % len(words)
    for word in words:
        request += b"$%d\r\n%s\r\n" % (len(word), word.encode())
    with socket.create_connection(("127.0.0.1", REDIS_PORT), timeout=2) as connection:
        connection.sendall(request)
        reply = connection.makefile("rb").readline().strip()
    if reply[:1] not in (b"+", b":"):
        raise OSError("redis says " + reply.decode())
    return reply[1:].decode()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        try:
            if self.path == "/alive":
                self.answer(200, "alive\n")
            elif self.path == "/health":
                self.answer(200, redis("PING") + "\n")
            else:
                greeting = os.environ.get("GREETING", "Hello")
                visits = redis("INCR", "shop:visits")
                self.answer(200, f"{greeting}, you are visitor {visits}, served by {PORT}\n")
        except OSError as error:
            self.answer(503, f"{error}\n")

    def answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass  # nginx could log it


# TERM ends it like Ctrl-C
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
