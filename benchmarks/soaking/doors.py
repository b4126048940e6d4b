"""Every door of supervisord, with operations drawn at random.

An operation returns nothing; it raises Finding when the server did what it must never do. Faults that
Supervisor's manual knows (FAULTS) are none: who starts at random is often told ALREADY_STARTED.
"""
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import time
import urllib.parse
import xmlrpc.client

PATIENCE_SECONDS = 120
# SHUTDOWN_STATE, BAD_NAME, BAD_SIGNAL, NO_FILE and so on
FAULTS = {6, 10, 11, 20, 30, 40, 50, 60, 70, 80, 90, 91, 92}
NOT_NOW = 503
REFUSED = {200, 202, 404, 409}
CTL_WORDS = re.compile(r"Traceback|Exception|\bjava\.|refused connection|no such file .*sock|HTTP/1", re.IGNORECASE)


class Finding(Exception):
    """What supervisord must never do."""


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=PATIENCE_SECONDS)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class UnixTransport(xmlrpc.client.Transport):
    def __init__(self, path):
        super().__init__()
        self.path = path

    def make_connection(self, host):
        return UnixConnection(self.path)


class TcpTransport(xmlrpc.client.Transport):
    def make_connection(self, host):
        return http.client.HTTPConnection(host, timeout=PATIENCE_SECONDS)


class Doors:
    """Operations on one server; `reloading` is asked whether a 503 is in order."""

    def __init__(self, programs, port, ctl, pid, reloading):
        self.programs = programs
        self.port = port
        self.ctl = ctl
        self.pid = pid
        self.reloading = reloading

    # -- what each door can do ---------------------------------------------------------------------------

    def all(self):
        """(weight, operation)"""
        return [(30, self.xmlrpc), (8, self.rest), (3, self.page), (2, self.supervisorctl), (0.15, self.jmx),
                (4, self.kill), (0.5, self.reopen), (1, self.come_and_go), (1, self.tail), (1, self.events),
                (0.1, self.everything)]

    def some(self):
        return random.choice(self.programs.names)

    def rpc(self):
        if random.random() < 0.5:
            return xmlrpc.client.ServerProxy("http://localhost", transport=UnixTransport(self.programs.path("supervisor.sock")))
        return xmlrpc.client.ServerProxy(f"http://127.0.0.1:{self.port}", transport=TcpTransport())

    def xmlrpc(self):
        name, wait = self.some(), random.random() < 0.3
        calls = [
            lambda s: s.startProcess(name, wait), lambda s: s.startProcess(name, wait),
            lambda s: s.startProcess(name, wait), lambda s: s.stopProcess(name, wait),
            lambda s: s.stopProcess(name, wait), lambda s: s.startProcessGroup(name.split(":")[0], wait),
            lambda s: s.signalProcess(name, random.choice(["HUP", "USR1", "CONT", "TERM", "INT"])),
            lambda s: s.getProcessInfo(name), lambda s: s.getAllProcessInfo(), lambda s: s.getState(),
            lambda s: s.tailProcessStdoutLog(name, 0, 2000), lambda s: s.readProcessStdoutLog(name, -500, 0),
            lambda s: s.readLog(-1000, 0), lambda s: s.tailProcessStderrLog(name, 0, 100),
            lambda s: s.clearProcessLogs(random.choice(self.programs.of("cleared"))),
            lambda s: s.sendProcessStdin(random.choice(self.programs.of("stdin")), "a line\n" * random.randint(1, 2000)),
            lambda s: s.sendRemoteCommEvent("soak", "x" * random.randint(0, 5000)),
            lambda s: s.reloadConfig(), lambda s: s.getAllConfigInfo(),
            lambda s: s.stopProcess("no:such"), lambda s: s.signalProcess(name, "RUBBISH"),
        ]
        proxy = self.rpc()
        try:
            if random.random() < 0.1:
                proxy.system.multicall([{"methodName": "supervisor.startProcess", "params": [self.some(), False]},
                                        {"methodName": "supervisor.stopProcess", "params": [self.some(), False]},
                                        {"methodName": "supervisor.getAllProcessInfo", "params": []}])
            else:
                random.choice(calls)(proxy.supervisor)
        finally:
            proxy("close")()

    def request(self, method, path, body=None, headers=None, good=REFUSED, read=True):
        unix = random.random() < 0.3
        connection = (UnixConnection(self.programs.path("supervisor.sock")) if unix
                      else http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS))
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            if response.status not in good and not (response.status == NOT_NOW and self.reloading()):
                raise Finding(f"{method} {path}: {response.status} {response.read(300)!r}")
            if read:
                response.read()
                return
            until = time.monotonic() + random.expovariate(1 / 5)
            connection.sock and connection.sock.settimeout(1)
            while time.monotonic() < until:
                try:
                    if not response.read1(65536):
                        return
                except TimeoutError:
                    return
        finally:
            connection.close()

    def rest(self):
        name, group = urllib.parse.quote(self.some()), random.choice(list(self.programs.counts))
        wait = random.choice(["", "?wait=true", "?wait=1", "?dryRun=true"])
        json_type = {"Content-Type": "application/json"}
        method, path, body = random.choice([
            ("GET", "processes?usage=true", None), ("GET", f"processes/{name}", None), ("GET", "groups", None),
            ("POST", f"processes/{name}/start{wait}", None), ("POST", f"processes/{name}/stop{wait}", None),
            ("POST", f"processes/{name}/restart{wait}", None), ("POST", f"processes/{name}/start{wait}", None),
            ("POST", f"processes/{name}/signal", json.dumps({"signal": "HUP"})),
            ("POST", f"processes/{random.choice(self.programs.of('stdin'))}/stdin", json.dumps({"data": "by REST\n"})),
            ("POST", f"groups/{group}/start{wait}", None), ("POST", f"groups/{group}/restart{wait}", None),
            ("GET", "supervisor", None), ("GET", "configuration", None), ("GET", f"logs/{name}/stdout", None),
            ("GET", "logs/supervisor?tail=1000", None), ("POST", "configuration/reread", None),
            ("DELETE", f"logs/{random.choice(self.programs.of('cleared'))}/stdout", None),
            ("POST", "supervisor/remote-communication", json.dumps({"type": "soak", "data": "by REST"})),
        ])
        self.request(method, "/api/v1/" + path, body, json_type if body else {}, good=REFUSED | {400, 204, 416})

    def page(self):
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        name = self.some()
        if random.random() < 0.3:
            self.request("GET", random.choice(["/", "/tail.html?limit=1024&processname=" + name, "/metrics", "/health"]),
                         good={200, NOT_NOW})
        else:
            action = random.choice(["start", "stop", "restart", "start", "clearlog", "refresh"])
            if action == "clearlog":
                name = random.choice(self.programs.of("cleared"))
            self.request("POST", "/index.html", urllib.parse.urlencode({"processname": name, "action": action}), form,
                         good={200, 301, 302, 303})

    def supervisorctl(self, server=()):
        name = self.some()
        action = random.choice([["status"], ["status", name], ["start", name], ["stop", name], ["restart", name],
                                ["tail", name], ["pid"], ["avail"], ["signal", "HUP", name], ["maintail"],
                                ["clear", random.choice(self.programs.of("cleared"))]])
        done = subprocess.run([self.ctl, "-c", self.programs.path("supervisord.conf"), *server, *action],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=PATIENCE_SECONDS, check=False, errors="replace", text=True)
        if action[0] not in ("tail", "maintail") and CTL_WORDS.search(done.stdout) or done.returncode > 7:
            raise Finding(f"supervisorctl {' '.join((*server, *action))}: {done.returncode} {done.stdout[-300:]}")

    def jmx(self):
        self.supervisorctl(["-s", f"jmx:{self.pid}"])

    def kill(self):
        running = [info["pid"] for info in self.rpc().supervisor.getAllProcessInfo()
                   if info["pid"] and info["group"] != "keeper"]
        if running:
            try:
                os.kill(random.choice(running), random.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV]))
            except ProcessLookupError:
                pass  # it ended meanwhile

    def reopen(self):
        """External rotation, then SIGUSR2."""
        for name in random.sample(self.programs.of("moved"), 1):
            log = self.programs.logs()[name]
            if os.path.exists(log):
                os.rename(log, f"{log}.moved.{time.time_ns()}")
        os.kill(self.pid, signal.SIGUSR2)

    def come_and_go(self):
        comer = random.choice(sorted(self.programs.comers))
        server = self.rpc().supervisor
        match random.randrange(5):
            case 0:
                self.programs.come(comer, random.randint(0, 2))
                self.request("POST", "/api/v1/configuration/update?wait=30")
            case 1:
                self.programs.go(comer)
                self.request("POST", "/api/v1/configuration/update?wait=30")
            case 2:
                server.stopProcess(comer)
                server.removeProcessGroup(comer)
            case 3:
                server.addProcessGroup(comer)
                server.startProcess(comer, False)
            case _:
                self.programs.come(comer, random.randint(0, 2))
                subprocess.run([self.ctl, "-c", self.programs.path("supervisord.conf"), "update"], check=False,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE_SECONDS)

    def tail(self):
        name = self.some()
        self.request("GET", random.choice([f"/logtail/{name}", f"/logtail/{name}/stderr", "/mainlogtail",
                                           f"/api/v1/logs/{urllib.parse.quote(name)}/stdout?follow=true&tail=2000"]),
                     good={200, 404, 409, 410}, read=False)

    def events(self):
        headers = {"Accept": "text/event-stream"}
        if random.random() < 0.3:
            headers["Last-Event-ID"] = str(random.randint(0, 100_000))
        self.request("GET", "/api/v1/events" + random.choice(["", "?type=PROCESS_STATE", "?type=TICK"]), headers=headers,
                     good={200}, read=False)

    def everything(self):
        random.choice([
            lambda: self.request("POST", "/index.html", "action=restartall",
                                 {"Content-Type": "application/x-www-form-urlencoded"}, good={200, 301, 302, 303}),
            lambda: self.request("POST", "/api/v1/all/restart?wait=20"),
        ])()
