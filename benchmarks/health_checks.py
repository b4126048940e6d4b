#!/usr/bin/env python3
"""What checks cost: 500 programs, each asked once a second by its port whether it is ready.

usage: health_checks.py SUPERVISORD [PROGRAMS] [SECONDS]

Prints the processor time that supervisord takes with and without the checks, in percent of one processor, and how
many connections arrived a second.
"""
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Acceptor(threading.Thread):
    """Takes connections, and counts them."""

    def __init__(self):
        super().__init__(daemon=True)
        self.server = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self.server.getsockname()[1]
        self.count = 0

    def run(self):
        while True:
            connection, _ = self.server.accept()
            self.count += 1
            connection.close()


def measure(supervisord, programs, seconds, check, acceptor):
    with tempfile.TemporaryDirectory() as directory:
        conf = os.path.join(directory, "supervisord.conf")
        with open(conf, "w", encoding="utf-8") as out:
            out.write(f"[supervisord]\nlogfile={directory}/log\npidfile={directory}/pid\n"
                      f"[program:p]\ncommand=/bin/sleep 100000\nnumprocs={programs}\n"
                      "process_name=%(program_name)s_%(process_num)04d\n"
                      "stdout_logfile=NONE\nstderr_logfile=NONE\nstartsecs=0\n")
            if check:
                out.write(f"readiness_check_script=tcp://127.0.0.1:{acceptor.port}\nreadiness_check_period=1\n")
        process = subprocess.Popen([supervisord, "-n", "-s", "-c", conf],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(25)
            begin, arrived, used = time.time(), acceptor.count, cpu_seconds(process.pid)
            time.sleep(seconds)
            passed = time.time() - begin
            return 100 * (cpu_seconds(process.pid) - used) / passed, (acceptor.count - arrived) / passed
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def main():
    supervisord = sys.argv[1]
    programs = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 40
    acceptor = Acceptor()
    acceptor.start()
    without, _ = measure(supervisord, programs, seconds, False, acceptor)
    with_checks, rate = measure(supervisord, programs, seconds, True, acceptor)
    print(f"{programs} programs: {without:.2f} % without checks, {with_checks:.2f} % with {rate:.0f} checks a second")


if __name__ == "__main__":
    main()
