#!/usr/bin/env python3
"""How long `supervisorctl status` takes, ours and Debian's run in turn against one reference supervisord.

    benchmarks/ctl_startup.py [--runs 20] [--ctl PATH] [--programs 5]
"""
import argparse
import os
import shutil
import socket
import statistics
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
CTL = os.path.join(HERE, "..", "distribution", "target", "supervisor", "bin", "supervisorctl")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def configuration(directory, programs):
    text = f"""[supervisord]
logfile={directory}/supervisord.log
pidfile={directory}/supervisord.pid
nodaemon=true
[unix_http_server]
file={directory}/supervisor.sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://{directory}/supervisor.sock
"""
    return text + "".join(f"[program:cat{i}]\ncommand=/bin/cat\n" for i in range(programs))


def once(command):
    before = os.times()
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return wall * 1000, cpu * 1000


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--runs", type=int, default=20)
    p.add_argument("--programs", type=int, default=5)
    p.add_argument("--ctl", default=CTL)
    a = p.parse_args()
    directory = tempfile.mkdtemp(prefix="ctl-startup-")
    conf = os.path.join(directory, "supervisord.conf")
    with open(conf, "w", encoding="utf-8") as f:
        f.write(configuration(directory, a.programs))
    server = subprocess.Popen(["supervisord", "-n", "-c", conf], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        clients = {"ours": a.ctl, "Debian's": shutil.which("supervisorctl", path="/usr/bin")}
        status = {name: [ctl, "-c", conf, "status"] for name, ctl in clients.items()}
        deadline = time.monotonic() + 30
        while subprocess.run(status["Debian's"], stdout=subprocess.DEVNULL).returncode != 0:
            if time.monotonic() > deadline:
                raise SystemExit("the reference supervisord didn't start")
        runs = {name: [] for name in clients}
        for _ in range(a.runs):
            for name, command in status.items():
                runs[name].append(once(command))
        for name, times in runs.items():
            wall = sorted(w for w, _ in times)
            cpu = statistics.median(c for _, c in times)
            print(f"{name:9} median {statistics.median(wall):6.1f} ms  min {wall[0]:6.1f}  max {wall[-1]:6.1f}  CPU {cpu:6.1f} ms")
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
