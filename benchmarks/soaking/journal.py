"""What the event listener `keeper` was sent, held against the graph of states in Supervisor's manual."""
import json
import re

# subprocess.html#process-states; BACKOFF -> STOPPED is a stop while it waits for its next try
GRAPH = {
    "STOPPED": {"STARTING"},
    "STARTING": {"RUNNING", "BACKOFF", "STOPPING"},
    "RUNNING": {"STOPPING", "EXITED"},
    "BACKOFF": {"STARTING", "FATAL", "STOPPED"},
    "STOPPING": {"STOPPED"},
    "EXITED": {"STARTING"},
    "FATAL": {"STARTING"},
}
STATE = re.compile(r"PROCESS_STATE_(\w+)")


def entries(path):
    """The events, each once: one is sent again when the listener ended before it answered."""
    seen = set()
    run, last = 0, -1
    with open(path, encoding="utf-8") as journal:
        for line in journal:
            event = json.loads(line)
            if event["serial"] < last - 100_000 or event["poolserial"] == 0 and last > 0:
                run += 1
            last = event["serial"]
            if (run, event["poolserial"]) not in seen:
                seen.add((run, event["poolserial"]))
                yield run, event


def check(path):
    """(number of changes, findings, captured lines by process, process and pid of those whose end was heard of)"""
    states, ages, age = {}, {}, 0
    changes, findings, captured, ended = 0, [], {}, set()
    poolserials = {}
    for run, event in entries(path):
        expected = poolserials.get(run, -1) + 1
        if event["poolserial"] != expected:
            findings.append(f"event {expected} is missing before {event}")
        poolserials[run] = event["poolserial"]
        head, _, data = event["payload"].partition("\n")
        fields = dict(pair.split(":", 1) for pair in head.split())
        if event["name"].startswith("SUPERVISOR_STATE_CHANGE"):
            age += 1  # a reload makes all processes anew
        elif event["name"] == "PROCESS_GROUP_REMOVED":
            for name in [n for n in states if n[0] == fields["groupname"]]:
                del states[name]
        elif event["name"].startswith("PROCESS_COMMUNICATION"):
            captured.setdefault(f"{fields['groupname']}:{fields['processname']}", []).append(data)
        elif match := STATE.fullmatch(event["name"]):
            changes += 1
            name = fields["groupname"], fields["processname"]
            if match.group(1) in ("STOPPED", "EXITED") and "pid" in fields:
                ended.add((":".join(name), fields["pid"]))
            before, after = fields["from_state"], match.group(1)
            if after not in GRAPH.get(before, ()):
                findings.append(f"impossible: {before} -> {after}: {event}")
            known = states.get(name, "STOPPED")
            if before != known and not (before == "STOPPED" and ages.get(name) != age):
                findings.append(f"{name} was {known}, but now changes from {before} to {after}: {event}")
            states[name], ages[name] = after, age
    return changes, findings, captured, ended
