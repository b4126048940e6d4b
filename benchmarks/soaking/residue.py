"""What a server holds: descriptors, threads, children, MBeans, files, heap."""
import collections
import glob
import os
import re
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def descriptors(pid):
    kinds = collections.Counter()
    for fd in os.listdir(f"/proc/{pid}/fd"):
        try:
            target = os.readlink(f"/proc/{pid}/fd/{fd}")
        except FileNotFoundError:
            continue
        kinds[re.sub(r"\[\d+\]$|\d+", "", target)] += 1
    return kinds


def threads(pid):
    names = collections.Counter()
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/comm", encoding="utf-8") as comm:
                names[re.sub(r"\d+", "", comm.read().strip())] += 1
        except (FileNotFoundError, ProcessLookupError):
            continue
    return names


def children(pid):
    """state by pid of child"""
    found = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as stat:
                state, parent = stat.read().rsplit(")", 1)[1].split()[:2]
        except (OSError, ProcessLookupError):
            continue
        if int(parent) == pid:
            found[int(name)] = state
    return found


def java(pid, tool):
    """a tool of the JDK that the server runs on, or that of the path"""
    beside = os.path.join(os.path.dirname(os.path.realpath(f"/proc/{pid}/exe")), tool)
    return beside if os.path.exists(beside) else tool


def heap_kilobytes(pid):
    """what lives after a full collection"""
    for _ in range(2):
        subprocess.run([java(pid, "jcmd"), str(pid), "GC.run"], check=True, stdout=subprocess.DEVNULL, timeout=60)
    info = subprocess.run([java(pid, "jcmd"), str(pid), "GC.heap_info"], check=True, stdout=subprocess.PIPE, text=True,
                          timeout=60).stdout
    # the line of a young generation ends before its parts, which would be counted twice
    return sum(int(used) for used in re.findall(r"(?:generation|heap)\s.*total \d+K, used (\d+)K", info))


def histogram(pid):
    """bytes by class of what lives"""
    text = subprocess.run([java(pid, "jcmd"), str(pid), "GC.class_histogram"], check=True, stdout=subprocess.PIPE,
                          text=True, timeout=60).stdout
    return {name: int(size) for size, name in re.findall(r"^\s*\d+:\s+\d+\s+(\d+)\s+(\S+)", text, re.MULTILINE)}


def beans(pid):
    text = subprocess.run([java(pid, "java"), os.path.join(HERE, "Beans.java"), str(pid)], check=True,
                          stdout=subprocess.PIPE, text=True, timeout=120).stdout
    return collections.Counter({kind: int(count) for count, kind in
                                (line.split(" ", 1) for line in text.splitlines())})


def resident_kilobytes(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))


def payara_directory(pid):
    """where its Payara keeps what it generates: it holds a lock in there"""
    for fd in os.listdir(f"/proc/{pid}/fd"):
        try:
            match = re.match(r"(/.*/supervisord-payara\.[^/]+)/", os.readlink(f"/proc/{pid}/fd/{fd}"))
        except FileNotFoundError:
            continue
        if match:
            return match.group(1)
    return None


def files(pid, directory):
    """what lies in `directory` but logs, in Payara's, and in those for temporary files with this pid in its name"""
    found = {name for name in glob.glob(directory + "/**", recursive=True) if not re.search(r"/logs/.*\.log", name)}
    for place in {tempfile.gettempdir(), "/tmp", "/var/tmp", "/run", "/dev/shm"}:
        found.update(glob.glob(f"{place}/*{pid}*"))
    own = payara_directory(pid)
    if own:
        found.update(glob.glob(own + "/**", recursive=True))
    return found


def grown(before, after, slack=0):
    """what there is more of, by kind"""
    return {kind: (before.get(kind, 0), count) for kind, count in after.items() if count > before.get(kind, 0) + slack}
