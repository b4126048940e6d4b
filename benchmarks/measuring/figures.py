"""What is measured. Each function measures one peer once, and returns a value for each of its figures."""
import os
import signal
import statistics
import subprocess
import sys
import time
import urllib.request

from measuring import load
from measuring.servers import children, cpu_seconds, descendants, listing, memory, read, until

MEASUREMENTS = {}
SLEEPER = "/bin/sleep 1000000"
PROMPT = "startsecs=0\nautorestart=true\nstdout_logfile=NONE\nstderr_logfile=NONE\n"
CHATTER = "import sys,time\nwhile True:\n  sys.stdout.write('x'*99+chr(10)); sys.stdout.flush(); time.sleep(0.02)\n"
LISTENER = """import sys, time
out = open(sys.argv[1], 'w', buffering=1)
while True:
    sys.stdout.write('READY\\n'); sys.stdout.flush()
    head = dict(pair.split(':') for pair in sys.stdin.readline().split())
    body = sys.stdin.read(int(head['len']))
    out.write(str(time.monotonic()) + ' ' + body.split('pid:')[1] + '\\n')
    sys.stdout.write('RESULT 2\\nOK'); sys.stdout.flush()
"""


class Figure:
    """How a value is shown, and whether more of it is better."""

    def __init__(self, name, unit, digits=1, more_is_better=False):
        self.name = name
        self.unit = unit
        self.digits = digits
        self.more_is_better = more_is_better


def measures(key, *figures, single=False, ours_only=False):
    """`single`: peers that know one program and no XML-RPC are measured, too"""

    def register(function):
        function.figures, function.single, function.ours_only = figures, single, ours_only
        MEASUREMENTS[key] = function
        return function

    return register


def fleet(count, command=SLEEPER, more=PROMPT, name="p"):
    return f"[program:{name}]\ncommand={command}\nprocess_name=%(program_name)s_%(process_num)d\nnumprocs={count}\n{more}"


def percentile(values, hundredth):
    return sorted(values)[min(len(values) - 1, len(values) * hundredth // 100)]


def running(server, count):
    return until(lambda: len(children(server.pid)) >= count, 0.02)


def sleeping(pids):
    """the first of them that has become a sleep(1): a fork alone is no program that runs"""
    for pid in pids:
        try:
            if read(f"/proc/{pid}/comm") == "sleep\n":
                return pid
        except (FileNotFoundError, ProcessLookupError):
            continue
    return None


def rounds(size):
    """For each round whether it counts: the first ones warm a server up, and one that is slow has fewer."""
    for counts, most, seconds in (False, size.warm_kills, 10), (True, size.kills, 25):
        end = time.monotonic() + seconds
        for number in range(most):
            if number >= 10 and time.monotonic() > end:
                break
            yield counts


@measures("restart", Figure("restart after SIGKILL, p50", "ms"), Figure("restart after SIGKILL, p99", "ms"), single=True)
def restart(peer, size):
    with peer.serve_one(SLEEPER) as server:
        child = until(lambda: sleeping(descendants(server.process.pid)), 0.02)
        times = []
        # runsv pauses for a second when its service lived for less
        pause = 1.05 if peer.single else 0.13
        for counts in rounds(size):
            time.sleep(pause)
            path = listing(child)
            begun = time.monotonic()
            os.kill(child, signal.SIGKILL)
            child = until(lambda: sleeping(c for c in map(int, read(path).split()) if c != child), 0.0002, 30)
            if counts:
                times.append(1000 * (time.monotonic() - begun))
        return statistics.median(times), percentile(times, 99)


@measures("event", Figure("event in a listener's hand, p50", "ms"))
def event(peer, size):
    programs = fleet(1) + (f"[eventlistener:l]\ncommand={sys.executable} @DIR@/listener.py @DIR@/heard\n"
                           "events=PROCESS_STATE_EXITED\nautostart=false\n")
    with peer.serve(programs) as server:
        with open(server.path("listener.py"), "w", encoding="utf-8") as script:
            script.write(LISTENER)
        server.settle()
        server.rpc.startProcess("l")
        killed, counted = {}, set()
        for counts in rounds(size):
            time.sleep(0.13)
            # 0 while there is none, and kill(2) takes that for the caller's own process group
            child = until(lambda: (pid := server.rpc.getProcessInfo("p:p_0")["pid"]) not in killed and pid, 0.05)
            killed[child] = time.monotonic()
            os.kill(child, signal.SIGKILL)
            if counts:
                counted.add(child)
        heard = until(lambda: (lines := read(server.path("heard")).splitlines()) and len(lines) >= len(killed) and lines, 0.05)
        return (statistics.median(1000 * (float(at) - killed[int(pid)])
                                  for at, pid in map(str.split, heard) if int(pid) in counted),)


@measures("calls", Figure("getState, 4 connections", "calls/s", 0, True),
          Figure("getAllProcessInfo of 100 programs, 4 connections", "calls/s", 0, True))
def calls(peer, size):
    with peer.serve(fleet(100)) as server:
        running(server.settle(), 100)
        rates = []
        for method in "getState", "getAllProcessInfo":
            load.calls_per_second(server.port, method, size.seconds, server.directory)  # warms it up
            rates.append(load.calls_per_second(server.port, method, size.seconds, server.directory))
        return tuple(rates)


@measures("log", Figure("1 GiB of one child to a file, the first after start", "MB/s", 0, True),
          Figure("1 GiB of one child to a file, a later one", "MB/s", 0, True),
          Figure("CPU time of that", "s", 2))
def log(peer, size):
    total = size.mebibytes << 20
    program = (f"[program:w]\ncommand=/bin/sh -c 'cat @DIR@/go; exec head -c {total} /dev/zero'\nautostart=false\n"
               "autorestart=false\nstartsecs=0\nstdout_logfile=@DIR@/w.log\nstdout_logfile_maxbytes=0\n")
    with peer.serve(program) as server:
        os.mkfifo(server.path("go"))
        server.settle()
        touch_memory(server.path("touched"), total)
        rates = []
        for _ in range(3):
            if os.path.exists(server.path("w.log")):
                os.truncate(server.path("w.log"), 0)
            server.rpc.startProcess("w")
            before = cpu_seconds(server.pid)
            with open(server.path("go"), "w", encoding="utf-8"):
                begun = time.monotonic()
            until(lambda: os.path.exists(server.path("w.log")) and os.path.getsize(server.path("w.log")) == total, 0.002)
            rates.append(total / 1e6 / (time.monotonic() - begun))
            until(lambda: server.rpc.getProcessInfo("w")["statename"] == "EXITED", 0.01)
            cpu = cpu_seconds(server.pid) - before
        return rates[0], rates[-1], cpu * (1 << 30) / total


def touch_memory(path, total):
    """the machine's first touch of that memory is nobody's fault"""
    with open(path, "wb") as file:
        for _ in range(total >> 20):
            file.write(bytes(1 << 20))
    os.unlink(path)


@measures("chatty", Figure("CPU while 100 children write 50 lines a second each", "% of a core"))
def chatty(peer, size):
    more = "startsecs=0\nstdout_logfile=@DIR@/%(program_name)s_%(process_num)d.log\n"
    with peer.serve(fleet(100, f"{sys.executable} -S @DIR@/chatter.py", more)) as server:
        with open(server.path("chatter.py"), "w", encoding="utf-8") as script:
            script.write(CHATTER)
        running(server.settle(), 100)
        time.sleep(size.seconds)
        before, begun = cpu_seconds(server.pid), time.monotonic()
        time.sleep(2 * size.seconds)
        return (100 * (cpu_seconds(server.pid) - before) / (time.monotonic() - begun),)


@measures("memory", Figure("resident, 200 children", "MB"), Figure("of it anonymous", "MB"),
          Figure("a further child", "KB"), Figure("CPU while 200 children sleep", "% of a core", 2))
def resident(peer, size):
    held = []
    for count in (200, 400):
        with peer.serve(fleet(count)) as server:
            running(server.settle(), count)
            time.sleep(size.at_rest)
            before, begun = cpu_seconds(server.pid), time.monotonic()
            time.sleep(size.seconds)
            if not held:
                idle = 100 * (cpu_seconds(server.pid) - before) / (time.monotonic() - begun)
            held.append(memory(server.pid))
    return (held[0]["VmRSS"] / 1024, held[0]["RssAnon"] / 1024, (held[1]["VmRSS"] - held[0]["VmRSS"]) / 200, idle)


@measures("cold", Figure("exec to the first child", "ms", 0), Figure("exec to XML-RPC", "ms", 0))
def cold(peer, size):
    with peer.serve("[program:first]\ncommand=/bin/sh -c 'echo > @DIR@/born; exec sleep 1000000'\nstartsecs=0\n") as server:
        # asked from the first moment on, which also wakes Debian's from its first second's sleep
        until(server.answers, 0.005)
        rpc = server.since_start()
        born = until(lambda: os.path.exists(server.path("born")) and os.stat(server.path("born")).st_mtime, 0.005)
        return 1000 * (born - server.started_at), 1000 * rpc


@measures("doors", Figure("exec to the page", "ms", 0), Figure("exec to REST", "ms", 0), ours_only=True)
def doors(peer, size):
    with peer.serve(fleet(1)) as server:
        times = []
        for path in "/", "/api/v1/supervisor":
            until(lambda: opens(f"http://127.0.0.1:{server.port}{path}"), 0.01)
            times.append(1000 * server.since_start())
        return tuple(times)


def opens(url):
    try:
        with urllib.request.urlopen(url, timeout=30) as response:
            return response.status == 200
    except OSError:
        return False


@measures("daemon", Figure("a daemon gives the shell back", "ms", 0))
def daemon(peer, size):
    foreground = peer.serve(fleet(1))
    with foreground:
        foreground.stop()
        begun = time.monotonic()
        subprocess.run([peer.supervisord.split()[0], "-c", foreground.conf], check=True, stdout=subprocess.DEVNULL)
        took = time.monotonic() - begun
        pid = foreground.ready().rpc.getPID()
        os.kill(pid, signal.SIGTERM)
        until(lambda: not os.path.exists(f"/proc/{pid}"), 0.02)
        return (1000 * took,)


@measures("ctl", Figure("supervisorctl status", "ms"))
def ctl(peer, size):
    with peer.serve(fleet(5)) as server:
        running(server.ready(), 5)
        return (median_run([peer.ctl, "-c", server.conf, "status"], size.runs),)


def median_run(command, runs):
    times = []
    for _ in range(runs):
        begun = time.monotonic()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        times.append(1000 * (time.monotonic() - begun))
    return statistics.median(times)


@measures("fleet", Figure("exec until 1,000 programs run", "s", 2), Figure("SIGTERM until they and supervisord have ended", "s", 2))
def start_and_stop(peer, size):
    with peer.serve(fleet(size.fleet)) as server:
        running(server, size.fleet)
        started = server.since_start()
        server.settle()
        time.sleep(2)
        return started, server.stop()


@measures("many", Figure("5,000 programs: getState, p99", "ms"), Figure("5,000 programs: a stop and a start, p50", "ms"))
def many(peer, size):
    with peer.serve(fleet(5 * size.fleet).replace("autorestart=true", "autorestart=false")) as server:
        running(server, 5 * size.fleet)
        server.settle()
        time.sleep(2)
        waits = []
        with load.Connection(server.port, "getState") as connection:
            for _ in range(size.kills * 20):
                begun = time.monotonic()
                connection.call()
                waits.append(1000 * (time.monotonic() - begun))
        turns = []
        for number in range(size.kills // 2):
            begun = time.monotonic()
            server.rpc.stopProcess(f"p:p_{number}")
            server.rpc.startProcess(f"p:p_{number}")
            turns.append(1000 * (time.monotonic() - begun))
        return percentile(waits, 99), statistics.median(turns)


def cat_to_a_file(size):
    """MB/s of `head | cat > file`: what any capture can reach"""
    directory = "/dev/shm" if os.path.isdir("/dev/shm") else "/tmp"
    path = os.path.join(directory, f"bench-cat-{os.getpid()}")
    total = size.mebibytes << 20
    touch_memory(path, total)
    begun = time.monotonic()
    subprocess.run(f"head -c {total} /dev/zero | cat > {path}", shell=True, check=True)
    rate = total / 1e6 / (time.monotonic() - begun)
    os.unlink(path)
    return rate


def empty_jvm(size, directory):
    """ms that a JVM takes to do nothing, with the flags of supervisorctl"""
    source = os.path.join(directory, "Empty.java")
    with open(source, "w", encoding="utf-8") as java:
        java.write("public class Empty { public static void main(String[] arguments) {} }\n")
    subprocess.run(["javac", source], check=True)
    return median_run(["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp", directory, "Empty"],
                      size.runs)
