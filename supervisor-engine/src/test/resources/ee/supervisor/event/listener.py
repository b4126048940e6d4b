"""A listener on the reference's childutils that behaves as its first argument says.

Second argument: a file that gets one line for each event, serial, name and payload in repr.
"""
import os
import sys
import time

from supervisor import childutils

mode, path = sys.argv[1:3]
record = open(path, 'a', encoding='utf-8')


def say(text):
    sys.stdout.write(text)
    sys.stdout.flush()


def forever():
    while True:
        time.sleep(1000)


def next_event():
    headers, payload = childutils.listener.wait(sys.stdin, sys.stdout)
    record.write('%s %s %r\n' % (headers['serial'], headers['eventname'], payload))
    record.flush()
    return headers, payload


def first_life():
    """Whether this is the first process of its kind; the file remembers."""
    marker = path + '.lived'
    first = not os.path.exists(marker)
    open(marker, 'w').close()
    return first


if mode == 'hang':
    next_event()
    forever()
elif mode == 'die' and first_life():
    next_event()
    sys.exit(3)
elif mode == 'die-in-result' and first_life():
    next_event()
    say('RESULT 2\nO')
    sys.exit(3)
elif mode == 'reject':
    next_event()
    childutils.listener.fail(sys.stdout)
elif mode == 'lie' and first_life():
    next_event()
    say('RESULT %s\n' % sys.argv[3])
    forever()
elif mode == 'flood' and first_life():
    next_event()
    while True:
        say('x' * 65536)
elif mode == 'deaf' and first_life():
    say('READY\n')
    os.close(0)
    record.write('deaf\n')
    record.flush()
    forever()

while True:
    next_event()
    childutils.listener.ok(sys.stdout)
