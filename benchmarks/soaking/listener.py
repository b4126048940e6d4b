#!/usr/bin/env python3
"""An event listener of some temper, for the soak: listener.py TEMPER [JOURNAL].

keeper writes every event to JOURNAL, a JSON line each; refuser gives every third back; mortal dies of every
twentieth; sluggish takes half a second for each.
"""
import json
import sys
import time


def main():
    temper = sys.argv[1]
    journal = open(sys.argv[2], "a", encoding="utf-8") if len(sys.argv) > 2 else None
    number = 0
    while True:
        sys.stdout.write("READY\n")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            return
        header = dict(pair.split(":", 1) for pair in line.split())
        payload = sys.stdin.read(int(header["len"]))
        number += 1
        if journal:
            json.dump({"name": header["eventname"], "serial": int(header["serial"]),
                       "poolserial": int(header["poolserial"]), "payload": payload, "at": time.time()}, journal)
            journal.write("\n")
            journal.flush()
        if temper == "mortal" and number % 20 == 0:
            sys.exit(1)
        if temper == "sluggish":
            time.sleep(0.5)
        answer = "FAIL" if temper == "refuser" and number % 3 == 0 else "OK"
        sys.stdout.write(f"RESULT {len(answer)}\n{answer}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
