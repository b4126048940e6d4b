"""Prints name and payload of so many events, read as Supervisor's own listeners read them."""
import io
import sys

from supervisor import childutils

answers = io.StringIO()  # nobody listens to them here
for _ in range(int(sys.argv[1])):
    headers, payload = childutils.listener.wait(sys.stdin, answers)
    print(headers['eventname'], payload.encode('utf-8'))
