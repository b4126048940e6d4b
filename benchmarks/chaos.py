#!/usr/bin/env python3
"""Kills children at random and shows that supervisord brings every one back and keeps nothing of the dead.

    benchmarks/chaos.py [--server 'distribution/target/supervisor/bin/supervisord -n -c {conf}'] [--children 200] [--seconds 30]

Prints how many were killed, how many are back, zombies, and open descriptors before and after; exit code 1 when
one is missing, a zombie is left or descriptors were lost. Ends by itself, a minute after the killing at the latest.
"""
import argparse
import os
import random
import signal
import sys
import time

from measuring.servers import TREE, Supervisord, until
from soaking.residue import children, descriptors

OURS = TREE + "/supervisord -n -c {conf}"


def running(server):
    return [p["pid"] for p in server.rpc.getAllProcessInfo() if p["statename"] == "RUNNING"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", default=OURS)
    parser.add_argument("--children", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    options = parser.parse_args()
    with Supervisord(options.server, f"""[program:child]
command=/bin/sleep 100000
process_name=%(process_num)d
numprocs={options.children}
startsecs=0
autorestart=true
""") as server:
        server.settle()
        until(lambda: len(running(server)) == options.children, 0.2)
        pid = server.rpc.getPID()
        before, killed = descriptors(pid).total(), 0
        end = time.monotonic() + options.seconds
        while time.monotonic() < end:
            for child in random.choices(sorted(children(pid)), k=options.children // 10):
                try:
                    os.kill(child, signal.SIGKILL)
                    killed += 1
                except ProcessLookupError:
                    pass  # it died of an earlier one
            time.sleep(random.uniform(0, 0.2))
        until(lambda: len(running(server)) == options.children, 0.2)
        left = children(pid)
        zombies = list(left.values()).count("Z")
        try:
            until(lambda: descriptors(pid).total() <= before, 0.2, 10)
        except TimeoutError:
            pass  # reported below
        after = descriptors(pid).total()
    print(f"killed {killed} in {options.seconds:g} s; {len(left)} of {options.children} run, {zombies} zombies; "
          f"descriptors {before} before, {after} after")
    return 0 if len(left) == options.children and not zombies and after <= before else 1


if __name__ == "__main__":
    sys.exit(main())
