"""Accounts for every line that programs wrote: in log, rotated logs and what was captured, once and in order."""
import glob
import re

LINE = re.compile(r"(\d+-[\d.]+) (\d+)")
END = re.compile(r"(\d+-[\d.]+) end (\d+)")


def files(log):
    """the log and what it was rotated to, oldest first"""
    moved = sorted(glob.glob(glob.escape(log) + ".moved.*"), key=lambda name: int(name.rsplit(".", 1)[1]))
    rotated = [name for name in glob.glob(glob.escape(log) + ".*") if name not in moved]
    return moved + sorted(rotated, key=lambda name: -int(name.rsplit(".", 1)[1])) + [log]


def check(log, captured=(), heard_of=lambda pid: True, cut=False):
    """
    (bytes, lines, findings); `captured` has what events brought of the same program.
    `heard_of`: whether the end of a pid was heard of by who heard these events. At the end supervisord stops its
    listeners last, and, as Supervisor's, does not wait until they have had all events.
    `cut`: the program writes blocks, the last line of one that was killed may be half a line
    """
    said, ends, findings, size, lines = {}, {}, [], 0, 0
    text = b""
    for name in files(log):
        try:
            with open(name, "rb") as part:
                text += part.read()
        except FileNotFoundError:
            continue
    size = len(text)
    halves = set()
    whole = text.decode("utf-8", "replace").split("\n")
    for number, line in enumerate(whole):
        if not line:
            continue
        lines += 1
        if match := LINE.fullmatch(line):
            said.setdefault(match.group(1), []).append(int(match.group(2)))
        elif match := END.fullmatch(line):
            ends[match.group(1)] = int(match.group(2))
        elif not (cut and number + 1 < len(whole) and not whole[number + 1]):
            findings.append(f"{log}: not a line of its program: {line[:200]!r}")
            continue
        if cut and number + 1 < len(whole) and not whole[number + 1]:
            halves.add(line.split(" ")[0])
    heard = {}
    for line in captured:
        if match := LINE.fullmatch(line):
            heard.setdefault(match.group(1), []).append(int(match.group(2)))
        else:
            findings.append(f"{log}: captured what its program did not say: {line[:200]!r}")
    for life in said.keys() | heard.keys():
        findings += [f"{log}: life {life}: {what}"
                     for what in life_findings(said.get(life, []), heard.get(life, []), ends.get(life), life in halves,
                                               not heard_of(life.split("-")[0]))]
    return size, lines, findings


def life_findings(said, heard, end, half, unheard):
    if half and said:
        said = said[:-1]
    for name, numbers in ("log", said), ("capture", heard):
        if any(b <= a for a, b in zip(numbers, numbers[1:])):
            place = next(i for i, (a, b) in enumerate(zip(numbers, numbers[1:])) if b <= a)
            yield f"{name} out of order or twice: {numbers[max(0, place - 2):place + 4]}"
    both = sorted(said + heard)
    if set(said) & set(heard):
        yield "a number is in log and capture"
    last = (max(both) + 1 if both else 0) if end is None or half else end
    missing = sorted(set(range(last)) - set(both))
    if unheard and heard:
        missing = [number for number in missing if number < max(heard)]
    if missing:
        yield f"{len(missing)} of {last} lines are missing, from {missing[0]} to {missing[-1]}"
    if end is not None and not half and both and both[-1] >= end:
        yield f"says after its end: {both[-1]} of {end}"
