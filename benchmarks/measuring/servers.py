"""Servers under measurement: this supervisord, Debian's, runit, pm2; each in a directory of its own in memory."""
import os
import resource
import shlex
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import xmlrpc.client

TREE = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", "..", "distribution", "target", "supervisor", "bin"))
LIMIT_SECONDS = 120
# 5,000 programs take three pipes each
FILES = min(resource.getrlimit(resource.RLIMIT_NOFILE)[1], 20_000)
HERTZ = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def until(what, interval=0.001, seconds=LIMIT_SECONDS):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = what()
        if value:
            return value
        time.sleep(interval)
    raise TimeoutError(f"nothing in {seconds} s")


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def children(pid):
    found = []
    try:
        tasks = os.listdir(f"/proc/{pid}/task")
    except FileNotFoundError:
        return found
    for task in tasks:
        try:
            found += [int(child) for child in read(f"/proc/{pid}/task/{task}/children").split()]
        except (FileNotFoundError, ProcessLookupError):
            continue  # a thread that has just ended
    return found


def descendants(pid):
    direct = children(pid)
    return direct + [each for child in direct for each in descendants(child)]


def listing(child):
    """the file that lists this child and will list its successor: looking there costs the same for one thread and for fifty"""
    parent = int(read(f"/proc/{child}/stat").rsplit(")", 1)[1].split()[1])
    for task in os.listdir(f"/proc/{parent}/task"):
        path = f"/proc/{parent}/task/{task}/children"
        if str(child) in read(path).split():
            return path
    raise LookupError(f"nobody has the child {child}")


def cpu_seconds(pid):
    fields = read(f"/proc/{pid}/stat").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / HERTZ


def memory(pid):
    """kilobytes by name of /proc's status"""
    return {line.split(":")[0]: int(line.split()[1]) for line in read(f"/proc/{pid}/status").splitlines()
            if line.endswith(" kB")}


class Server:
    """A running server, and a directory that is gone with it."""

    def __init__(self):
        self.directory = tempfile.mkdtemp(prefix="bench-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
        self.process = None

    def path(self, name):
        return os.path.join(self.directory, name)

    def begin(self, command, **more):
        self.started, self.started_at = time.monotonic(), time.time()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, **more)

    def since_start(self):
        return time.monotonic() - self.started

    def stop(self):
        """Returns how long that took."""
        begun = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(LIMIT_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return time.monotonic() - begun

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)


class Supervisord(Server):
    """`command` has {conf} where the configuration belongs; in `programs`, @DIR@ is the server's directory."""

    def __init__(self, command, programs):
        super().__init__()
        self.port = free_port()
        self.conf = self.path("supervisord.conf")
        with open(self.conf, "w", encoding="utf-8") as conf:
            conf.write(f"""[supervisord]
logfile={self.directory}/supervisord.log
pidfile={self.directory}/supervisord.pid
childlogdir={self.directory}
minfds={FILES}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[inet_http_server]
port=127.0.0.1:{self.port}
[supervisorctl]
serverurl=http://127.0.0.1:{self.port}
""" + programs.replace("@DIR@", self.directory))
        self.rpc = xmlrpc.client.ServerProxy(f"http://127.0.0.1:{self.port}/RPC2").supervisor
        self.begin(shlex.split(command.format(conf=self.conf)))

    @property
    def pid(self):
        return self.process.pid

    def answers(self):
        try:
            return self.rpc.getState()["statename"] == "RUNNING"
        except (OSError, xmlrpc.client.Error):
            return False

    def ready(self):
        until(self.answers, 0.01)
        return self

    def settle(self):
        """Until all is there that it starts: a request for what Payara has is answered when that has booted."""
        self.ready()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=LIMIT_SECONDS):
                return self
        except urllib.error.HTTPError:
            return self  # 404 from one without such a door


class Runit(Server):
    """runsvdir with one service."""

    def __init__(self, command):
        super().__init__()
        service = self.path("services/one")
        os.makedirs(service)
        with open(os.path.join(service, "run"), "w", encoding="utf-8") as run:
            run.write(f"#!/bin/sh\nexec {command}\n")
        os.chmod(os.path.join(service, "run"), 0o755)
        self.begin(["runsvdir", "-P", self.path("services")])

    def stop(self):
        # SIGHUP has runsvdir end its services; SIGTERM would leave them
        self.process.send_signal(signal.SIGHUP)
        return super().stop()


class Pm2(Server):
    """pm2's daemon, in the foreground, with one application."""

    def __init__(self, command):
        super().__init__()
        script = self.path("one.sh")
        with open(script, "w", encoding="utf-8") as run:
            run.write(f"#!/bin/sh\nexec {command}\n")
        os.chmod(script, 0o755)
        self.begin(["pm2", "start", "--no-daemon", "--interpreter", "none", script],
                   env={**os.environ, "PM2_HOME": self.path("pm2")})


class Peer:
    """Something that is measured: how it is called, started and told to show what it has."""

    def __init__(self, name, supervisord=None, ctl=None, single=None):
        self.name = name
        self.supervisord = supervisord
        self.ctl = ctl
        self.single = single

    def serve(self, programs):
        return Supervisord(self.supervisord, programs)

    def serve_one(self, command):
        """a server with one program, which it starts again whenever it ends"""
        if self.single:
            return self.single(command)
        return self.serve(f"[program:one]\ncommand={command}\nstartsecs=0\nautorestart=true\n")


def peers(ours):
    """this supervisord, and which of the others are installed"""
    found = [Peer("this supervisord", f"{ours}/supervisord -n -c {{conf}}", f"{ours}/supervisorctl")]
    if os.path.exists("/usr/bin/supervisord"):
        found.append(Peer("Debian's supervisord", "/usr/bin/supervisord -n -c {conf}", "/usr/bin/supervisorctl"))
    if shutil.which("runsvdir"):
        found.append(Peer("runit", single=Runit))
    if shutil.which("pm2"):
        found.append(Peer("pm2", single=Pm2))
    return found
