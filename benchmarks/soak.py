#!/usr/bin/env python3
"""Lets 300 programs of mixed temper live under random operations through every door, and looks for what that leaves.

    benchmarks/soak.py [--minutes 5 | --hours 1] [--programs 300] [--workers 6] [--seed N] [--server CMD] [--keep]

The programs chat, crash, hang, fork, fail to start, ignore SIGTERM. Workers draw operations at random: XML-RPC by TCP
and Unix socket, REST, the page's forms, supervisorctl (by JMX too), log tails, server-sent events, signals, external
rotation, programs that come and go; every now and then supervisord reloads. At the end must hold:

- no descriptor, thread, zombie, MBean or file more than after the first minutes, the heap no larger
- every line that programs wrote is in the log, its rotated files or a captured event: once, in order
- the event listener's journal has no gap and no transition that Supervisor's manual does not have
- no operation was answered with what it never may be; nothing in the activity log says that something broke
- supervisord ends with exit code 0, and leaves neither child nor file

Prints a report. Exit code 1 when something was found, 2 when the soak itself could not be done.
"""
import argparse
import collections
import os
import random
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import xmlrpc.client

from soaking import accounts, journal, residue
from soaking.doors import FAULTS, Doors, Finding
from soaking.programs import Programs

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.join(HERE, "..", "distribution", "target", "supervisor", "bin")
BROKEN = re.compile(r" CRIT (?!Supervisor is running as root|Server .* running without)|Exception|Error:|discarding event")
# pools that are slow or mortal on purpose lose events
KNOWN = re.compile(r"pool (sluggish|mortal|refuser) event buffer overflowed")
RELOAD_SECONDS = 30
END_SECONDS = 60
HEAP_SLACK = 1.15
HEAP_SLACK_KILOBYTES = 4096
THREAD_SLACK = 3
# pools and caches have grown to their size after that; a shorter run shows whether the soak works
WARM_SECONDS = 60
SHOWN = 25


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def until(what, seconds, interval=0.1):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = what()
        if value:
            return value
        time.sleep(interval)
    raise TimeoutError(f"not in {seconds:g} s")


class Soak:
    def __init__(self, options):
        self.options = options
        self.seconds = options.hours * 3600 if options.hours else options.minutes * 60
        self.directory = tempfile.mkdtemp(prefix="soak-")
        self.programs = Programs(self.directory, options.programs, self.seconds)
        self.port = free_port()
        self.findings = collections.Counter()
        self.done = collections.Counter()
        self.slowest = collections.defaultdict(float)
        self.last_reload = -1e9
        self.reloads = 0
        self.busy = threading.Event()
        self.over = threading.Event()
        self.idle = threading.Semaphore(0)

    # -- the run -----------------------------------------------------------------------------------------

    def run(self):
        self.programs.write(self.port)
        command = self.options.server.format(conf=shlex.quote(self.programs.path("supervisord.conf")))
        console = open(self.programs.path("console"), "w", encoding="utf-8")
        self.process = subprocess.Popen(shlex.split(command), stdin=subprocess.DEVNULL, stdout=console, stderr=console)
        self.pid = self.process.pid
        try:
            until(self.answers, END_SECONDS)
            doors = Doors(self.programs, self.port, self.options.ctl, self.pid, self.is_reloading)
            until(lambda: self.is_open(doors), END_SECONDS)
            self.operate(doors)
            self.end()
        finally:
            if self.process.poll() is None:
                self.process.send_signal(signal.SIGTERM)
                try:
                    self.process.wait(END_SECONDS)
                except subprocess.TimeoutExpired:
                    self.process.kill()
                    self.process.wait()
        self.look_through_what_was_written()
        return self.report()

    def operate(self, doors):
        workers = [threading.Thread(target=self.work, args=(doors, self.options.seed + i), daemon=True)
                   for i in range(self.options.workers)]
        for worker in workers:
            worker.start()
        begun = time.monotonic()
        # all there is has been used before it is measured
        for _, operation in doors.all():
            self.attempt(operation)
        self.work_for(min(max(45, self.seconds * 0.2), self.seconds))
        self.reload()
        self.work_for(min(20, self.seconds))
        self.note("warm")
        before = self.measure()
        reloads = max(1, int(self.seconds / 600))
        for number in range(reloads):
            self.work_for((begun + self.seconds - time.monotonic()) / (reloads - number))
            self.reload()
        self.work_for(min(20, self.seconds))
        self.note("worked")
        after = self.measure()
        self.over.set()
        self.busy.set()
        for worker in workers:
            worker.join(END_SECONDS)
        self.compare(before, after)

    def work(self, doors, seed):
        draw = random.Random(seed)
        weights, operations = zip(*doors.all())
        while not self.over.is_set():
            if not self.busy.is_set():
                self.idle.release()
                self.busy.wait()
                continue
            operation = draw.choices(operations, weights)[0]
            begun = time.monotonic()
            self.attempt(operation)
            took = time.monotonic() - begun
            self.done[operation.__name__] += 1
            self.slowest[operation.__name__] = max(self.slowest[operation.__name__], took)
            time.sleep(draw.expovariate(self.options.rate / self.options.workers))

    def attempt(self, operation):
        try:
            operation()
        except Finding as finding:
            self.found(str(finding))
        except subprocess.TimeoutExpired as late:
            self.found(f"{operation.__name__}: {late}")
        except xmlrpc.client.Fault as fault:
            if fault.faultCode not in FAULTS:
                self.found(f"{operation.__name__}: {fault}")
        except Exception as error:  # whatever a client library makes of a wrong response
            self.found(f"{operation.__name__}: {type(error).__name__}: {error}")

    def work_for(self, seconds):
        self.busy.set()
        seconds = max(1, seconds)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise SystemExit(f"supervisord ended amid the soak, exit code {self.process.returncode}; "
                                 f"see {self.directory}")
            time.sleep(min(0.5, seconds))

    def rest(self):
        """Has every worker finish what it does."""
        self.busy.clear()
        for _ in range(self.options.workers):
            if not self.idle.acquire(timeout=200):
                self.found("an operation has not come to its end in 200 s")

    def reload(self):
        """supervisord starts anew in the same process, amid all the operations."""
        server = self.rpc()
        self.last_reload = time.monotonic()
        self.reloads += 1
        if self.reloads % 2:
            os.kill(self.pid, signal.SIGHUP)
        else:
            server.restart()
        # until the old generation is stopped, and the new one runs
        time.sleep(1)
        until(self.answers, END_SECONDS)
        self.last_reload = time.monotonic()

    def is_reloading(self):
        return time.monotonic() - self.last_reload < RELOAD_SECONDS

    def measure(self):
        """What is held while all is configured, nothing runs and nobody asks."""
        self.rest()
        for comer in sorted(self.programs.comers):
            self.programs.come(comer)
        subprocess.run([self.options.ctl, "-c", self.programs.path("supervisord.conf"), "update"], check=True,
                       stdout=subprocess.DEVNULL, timeout=END_SECONDS * 3)
        self.stop_all()
        time.sleep(self.options.settle)
        left = residue.children(self.pid)
        if left:
            self.found(f"nothing should run, but there are children: {left}")
        measured = {
            "descriptors": residue.descriptors(self.pid), "threads": residue.threads(self.pid),
            "beans": residue.beans(self.pid), "files": residue.files(self.pid, self.directory),
            "heap": residue.heap_kilobytes(self.pid), "histogram": residue.histogram(self.pid),
            "resident": residue.resident_kilobytes(self.pid)}
        self.rpc().startAllProcesses(False)
        return measured

    def stop_all(self):
        end = time.monotonic() + END_SECONDS * 2
        while time.monotonic() < end:
            self.rpc().stopAllProcesses()
            if not [i for i in self.rpc().getAllProcessInfo() if i["statename"] in ("STARTING", "RUNNING", "BACKOFF", "STOPPING")]:
                return
        self.found("stopAllProcesses does not stop all")

    def end(self):
        payara = residue.payara_directory(self.pid)
        self.process.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        try:
            code = self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.found(f"supervisord has not ended {END_SECONDS} s after SIGTERM")
            return
        self.note(f"ended after {time.monotonic() - begun:.1f} s")
        if code != 0:
            self.found(f"supervisord's exit code is {code}")
        left = [name for name in (self.programs.path("supervisor.sock"), self.programs.path("supervisord.pid"), payara)
                if name and os.path.exists(name)]
        if left:
            self.found(f"files are left: {left}")
        orphans = [pid for pid in filter(str.isdigit, os.listdir("/proc")) if self.is_ours(pid)]
        if orphans:
            self.found(f"{len(orphans)} programs are left: {orphans[:5]}")

    def is_ours(self, pid):
        try:
            with open(f"/proc/{pid}/environ", "rb") as environ, open(f"/proc/{pid}/cmdline", "rb") as command:
                return self.directory.encode() in environ.read() and b"temper.sh" in command.read()
        except OSError:
            return False

    # -- what it comes to --------------------------------------------------------------------------------

    def compare(self, before, after):
        for what, slack in ("descriptors", 0), ("threads", THREAD_SLACK), ("beans", 0):
            more = residue.grown(before[what], after[what], slack if self.seconds >= WARM_SECONDS else 20)
            if more:
                self.found(f"{what} leaked: {more}")
            self.note(f"{what}: {sum(before[what].values())}, at the end {sum(after[what].values())}")
        new = after["files"] - before["files"]
        if new:
            self.found(f"files leaked: {sorted(new)[:20]}")
        self.note(f"files: {len(before['files'])}, at the end {len(after['files'])}")
        if self.seconds >= WARM_SECONDS and after["heap"] > before["heap"] * HEAP_SLACK + HEAP_SLACK_KILOBYTES:
            most = sorted(residue.grown(before["histogram"], after["histogram"], 50_000).items(),
                          key=lambda kind: kind[1][0] - kind[1][1])[:10]
            self.found(f"heap grew from {before['heap']} to {after['heap']} kB: {most}")
        self.note(f"heap: {before['heap'] / 1024:.1f} MB, at the end {after['heap'] / 1024:.1f} MB; resident "
                  f"{before['resident'] / 1024:.0f} MB, at the end {after['resident'] / 1024:.0f} MB")

    def look_through_what_was_written(self):
        changes, findings, captured, ended = journal.check(self.programs.journal)
        for finding in findings:
            self.found(finding)
        self.note(f"{changes} changes of state were journalled")
        size = lines = 0
        for name, log in self.programs.logs().items():
            more, numbered, findings = accounts.check(
                log, captured.get(name, ()), lambda pid, name=name: (name, pid) in ended, cut=name.startswith("loud:"))
            size, lines = size + more, lines + numbered
            for finding in findings:
                self.found(finding)
        self.note(f"{lines} lines, {size / 1e6:.1f} MB are accounted for, and {sum(map(len, captured.values()))} captured")
        with open(self.programs.path("supervisord.log"), encoding="utf-8", errors="replace") as log:
            for line in log:
                if BROKEN.search(line) and not KNOWN.search(line):
                    self.found("activity log: " + line.strip())

    def report(self):
        print(f"\n{self.seconds / 60:g} minutes, {len(self.programs.names) + len(self.programs.comers)} programs, "
              f"{self.reloads} reloads, seed {self.options.seed}")
        for name, count in sorted(self.done.items()):
            print(f"  {name:14} {count:8} times, the slowest {self.slowest[name]:6.1f} s")
        if not self.findings:
            print("nothing was found")
            if not self.options.keep:
                shutil.rmtree(self.directory, ignore_errors=True)
            return 0
        print(f"FOUND: {len(self.findings)} (everything is in {self.directory})")
        for finding, times in self.findings.most_common(SHOWN):
            print(f"- {times} times: {finding[:2000]}")
        return 1

    def note(self, text):
        print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)

    def found(self, finding):
        if not self.findings[finding]:
            self.note("FOUND: " + finding[:500])
        self.findings[finding] += 1

    def rpc(self):
        return xmlrpc.client.ServerProxy(f"http://127.0.0.1:{self.port}/RPC2").supervisor

    def answers(self):
        try:
            return self.rpc().getState()["statename"] == "RUNNING"
        except (OSError, xmlrpc.client.Error):
            return False

    @staticmethod
    def is_open(doors):
        try:
            doors.request("GET", "/api/v1/supervisor", good={200})
            return True
        except (OSError, Finding):
            return False


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--hours", type=float, default=0)
    parser.add_argument("--programs", type=int, default=300)
    parser.add_argument("--workers", type=int, default=6)
    parser.add_argument("--rate", type=float, default=15, help="operations a second")
    parser.add_argument("--settle", type=float, default=20, help="seconds before it is measured what is held")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--server", default=os.path.join(TREE, "supervisord") + " -n -c {conf}")
    parser.add_argument("--ctl", default=os.path.join(TREE, "supervisorctl"))
    parser.add_argument("--keep", action="store_true", help="keep logs and journal though nothing was found")
    options = parser.parse_args()
    random.seed(options.seed)
    return Soak(options).run()


if __name__ == "__main__":
    sys.exit(main())
