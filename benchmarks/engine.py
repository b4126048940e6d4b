#!/usr/bin/env python3
"""How fast supervisord starts, restarts a dead child and captures output, measured from outside.

    benchmarks/engine.py [--server 'distribution/target/supervisor/bin/supervisord -n -c {conf}'] [--reference] [--runs 3]

With --reference Debian's supervisord is measured the same way, in turn. Prints medians; of the restarts also the 99th
percentile. Trust ratios, not single figures, on a machine that others use too.
"""
import argparse
import os
import shlex
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import xmlrpc.client

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = os.path.join(HERE, "..", "distribution", "target", "supervisor", "bin", "supervisord") + " -n -c {conf}"
REFERENCE = "supervisord -n -c {conf}"
LIMIT_SECONDS = 60


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def until(what, interval=0.001):
    end = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < end:
        value = what()
        if value:
            return value
        time.sleep(interval)
    raise TimeoutError(f"nothing in {LIMIT_SECONDS} s")


class Server:
    def __init__(self, command, programs):
        self.directory = tempfile.mkdtemp(prefix="engine-bench-", dir="/dev/shm")
        port = free_port()
        conf = os.path.join(self.directory, "supervisord.conf")
        with open(conf, "w") as f:
            f.write(f"""[supervisord]
logfile={self.directory}/supervisord.log
pidfile={self.directory}/supervisord.pid
childlogdir={self.directory}
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[inet_http_server]
port=127.0.0.1:{port}
""" + programs.replace("@DIR@", self.directory))
        self.rpc = xmlrpc.client.ServerProxy(f"http://127.0.0.1:{port}/RPC2").supervisor
        self.started = time.monotonic()
        self.process = subprocess.Popen(shlex.split(command.format(conf=conf)), stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def since_start(self):
        return time.monotonic() - self.started

    def answers(self):
        try:
            return self.rpc.getState()["statename"] == "RUNNING"
        except (OSError, xmlrpc.client.Error):
            return False

    def path(self, name):
        return os.path.join(self.directory, name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
        shutil.rmtree(self.directory, ignore_errors=True)


def children(pid):
    found = set()
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as f:
            found.update(int(p) for p in f.read().split())
    return found


def cold(command):
    """seconds from exec to the first child, and to the first answer"""
    with Server(command, "[program:first]\ncommand=/bin/sh -c 'touch @DIR@/born; exec sleep 1000'\nstartsecs=0\n") as s:
        until(lambda: os.path.exists(s.path("born")))
        child = s.since_start()
        until(s.answers, 0.01)
        return child, s.since_start()


def restarts(command, kills):
    """seconds from SIGKILL to the successor, for each of `kills`"""
    with Server(command, "[program:p]\ncommand=/bin/sleep 100000\nstartsecs=0\nautorestart=true\n") as s:
        until(s.answers, 0.05)
        times = []
        for _ in range(kills):
            time.sleep(0.15)
            old = children(s.process.pid)
            begun = time.monotonic()
            for pid in old:
                os.kill(pid, signal.SIGKILL)
            until(lambda: children(s.process.pid) - old, 0.0002)
            times.append(time.monotonic() - begun)
        return times


def capture(command, mebibytes):
    """MB/s from a child's stdout to a file in memory"""
    program = f"""[program:w]
command=/bin/sh -c "sleep 1; exec head -c {mebibytes << 20} /dev/zero"
autostart=false
autorestart=false
startsecs=0
stdout_logfile=@DIR@/w.log
stdout_logfile_maxbytes=0
"""
    with Server(command, program) as s:
        until(s.answers, 0.05)
        s.rpc.startProcess("w")
        begun = time.monotonic() + 1
        until(lambda: os.path.exists(s.path("w.log")) and os.path.getsize(s.path("w.log")) == mebibytes << 20, 0.005)
        return (mebibytes << 20) / 1e6 / (time.monotonic() - begun)


def report(name, command, args):
    colds = [cold(command) for _ in range(args.runs)]
    times = sorted(restarts(command, args.kills))
    speeds = [capture(command, args.mebibytes) for _ in range(args.runs)]
    print(name)
    print(f"  first child      {1000 * statistics.median(c for c, _ in colds):9.0f} ms after exec")
    print(f"  first answer     {1000 * statistics.median(a for _, a in colds):9.0f} ms after exec")
    print(f"  restart          {1000 * statistics.median(times):9.2f} ms, 99 % within "
          f"{1000 * times[min(len(times) - 1, int(len(times) * 0.99))]:.2f} ms")
    print(f"  capture          {statistics.median(speeds):9.0f} MB/s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", default=OURS, help="command; {conf} stands for the configuration file")
    parser.add_argument("--reference", action="store_true", help="measure Debian's supervisord too")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--mebibytes", type=int, default=512)
    args = parser.parse_args()
    report("this supervisord", args.server, args)
    if args.reference:
        report("Debian's supervisord", REFERENCE, args)


if __name__ == "__main__":
    main()
