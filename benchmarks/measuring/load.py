"""Load by XML-RPC: as many calls as four connections that wait for nothing else get through."""
import os
import re
import shutil
import socket
import subprocess
import threading
import time

CONNECTIONS = 4
BODY = "<?xml version='1.0'?><methodCall><methodName>supervisor.{}</methodName><params></params></methodCall>"


def calls_per_second(port, method, seconds, directory):
    """by wrk if it is installed; else by threads of Python, which are a good part of what is measured then"""
    if shutil.which("wrk"):
        return by_wrk(port, method, seconds, directory)
    counts = [0] * CONNECTIONS
    end = time.monotonic() + seconds

    def call(place):
        with Connection(port, method) as connection:
            while time.monotonic() < end:
                connection.call()
                counts[place] += 1

    threads = [threading.Thread(target=call, args=(place,)) for place in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def by_wrk(port, method, seconds, directory):
    script = os.path.join(directory, "call.lua")
    with open(script, "w", encoding="utf-8") as lua:
        lua.write(f'wrk.method = "POST"\nwrk.headers["Content-Type"] = "text/xml"\nwrk.body = "{BODY.format(method)}"\n')
    said = subprocess.run(["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "-s", script,
                           f"http://127.0.0.1:{port}/RPC2"], stdout=subprocess.PIPE, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise RuntimeError(said)
    return float(re.search(r"Requests/sec:\s*([\d.]+)", said).group(1))


class Connection:
    """One keep-alive connection that calls one method."""

    def __init__(self, port, method):
        body = BODY.format(method).encode()
        self.request = (f"POST /RPC2 HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml\r\n"
                        f"Content-Length: {len(body)}\r\n\r\n").encode() + body
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.stream = self.socket.makefile("rb")

    def call(self):
        self.socket.sendall(self.request)
        length = 0
        status = self.stream.readline()
        if b" 200 " not in status:
            raise RuntimeError(status)
        for line in iter(self.stream.readline, b"\r\n"):
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        return self.stream.read(length)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stream.close()
        self.socket.close()
