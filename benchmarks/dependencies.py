#!/usr/bin/env python3
"""How long programs that need one another take to start.

500 programs in a random graph, each RUNNING a second after its start (startsecs=1). At best they take as many
seconds as the longest path has programs. Prints that, the time from the first child to the last program that is
RUNNING, and exits with 1 if it is more than a tenth longer.

    benchmarks/dependencies.py [--server distribution/target/supervisor/bin/supervisord] [--programs 500] [--seed 1]
"""

import argparse
import os
import random
import re
import subprocess
import tempfile
import time
from datetime import datetime

TOLERANCE = 1.10


def graph(programs, seed):
    """For each program those before it that it needs: few, so that paths are long, and some far back."""
    chance = random.Random(seed)
    return [
        sorted(chance.sample(range(number), min(number, chance.choice([0, 1, 1, 2, 3]))))
        for number in range(programs)
    ]


def longest_path(needs):
    length = []
    for on in needs:
        length.append(1 + max((length[other] for other in on), default=0))
    return max(length)


def configuration(needs, directory):
    lines = ["[supervisord]", "nodaemon=true", f"logfile={directory}/log", f"pidfile={directory}/pid",
             f"childlogdir={directory}", "minfds=256"]
    for number, on in enumerate(needs):
        lines += [f"[program:p{number}]", "command=/bin/sleep 600", "stdout_logfile=NONE", "stderr_logfile=NONE"]
        if on:
            lines.append("depends_on=" + ",".join(f"p{other}" for other in on))
    return "\n".join(lines) + "\n"


def moments(log, pattern):
    found = re.findall(r"^(\S+ \S+),(\d+) INFO " + pattern, log, re.M)
    return [datetime.strptime(day, "%Y-%m-%d %H:%M:%S").timestamp() + int(ms) / 1000 for day, ms in found]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--server", default="distribution/target/supervisor/bin/supervisord")
    options.add_argument("--programs", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    needs = graph(given.programs, given.seed)
    best = longest_path(needs)
    with tempfile.TemporaryDirectory() as directory:
        path = os.path.join(directory, "supervisord.conf")
        path_of_log = os.path.join(directory, "log")
        with open(path, "w", encoding="utf-8") as file:
            file.write(configuration(needs, directory))
        server = subprocess.Popen([given.server, "-n", "-c", path], stdout=subprocess.DEVNULL)
        try:
            running = []
            deadline = time.monotonic() + 3 * best + 60
            while len(running) < given.programs and time.monotonic() < deadline:
                time.sleep(0.5)
                if not os.path.exists(path_of_log):
                    continue
                with open(path_of_log, encoding="utf-8") as file:
                    log = file.read()
                running = moments(log, r"success: p\d+ entered RUNNING")
        finally:
            server.terminate()
            server.wait()
    taken = max(running) - min(moments(log, r"spawned: ")) if len(running) == given.programs else float("inf")
    print(f"{given.programs} programs, longest path {best} of 1 s each: {taken:.2f} s, {taken / best - 1:+.1%}")
    return 0 if taken <= best * TOLERANCE else 1


if __name__ == "__main__":
    raise SystemExit(main())
