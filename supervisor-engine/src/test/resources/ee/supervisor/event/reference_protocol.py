"""Has Supervisor's own listener dispatcher judge conversations.

One conversation a line on stdin: words that are bytes in hex, or "send" for an event that the
listener is given. Prints one line for each: the state after every word, and the log lines.
"""
import sys

from supervisor import events
from supervisor.dispatchers import PEventListenerDispatcher, default_handler
from supervisor.states import EventListenerStates, getEventListenerStateDescription


class Log:
    def __init__(self):
        self.lines = []

    def debug(self, line):
        self.lines.append('DEBG ' + line)

    def warn(self, line):
        self.lines.append('WARN ' + line)


class Options:
    strip_ansi = False

    def __init__(self):
        self.logger = Log()
        self.chunk = b''

    def readfd(self, fd):
        return self.chunk


class Holder:
    pass


def process(options):
    listener = Holder()
    listener.config = Holder()
    listener.config.name = 'mail'
    listener.config.options = options
    listener.config.stdout_logfile = None
    listener.group = Holder()
    listener.group.config = Holder()
    listener.group.config.result_handler = default_handler
    return listener


def judge(words):
    options = Options()
    listener = process(options)
    dispatcher = PEventListenerDispatcher(listener, 'stdout', 1)
    rejected = []
    events.clear()
    events.subscribe(events.EventRejectedEvent, rejected.append)
    states = []
    for word in words:
        if word == 'send':
            if listener.listener_state == EventListenerStates.READY:
                listener.listener_state = EventListenerStates.BUSY
                listener.event = object()
        else:
            options.chunk = bytes.fromhex(word)
            dispatcher.handle_read_event()
        states.append(getEventListenerStateDescription(listener.listener_state))
    lines = [line for line in options.logger.lines if ' output:\n' not in line]
    return '%s %d %s' % (','.join(states), len(rejected), '|'.join(lines))


for line in sys.stdin:
    print(ascii(judge(line.split())))
