#!/bin/sh
# temper.sh TEMPER: a program of that temper. What it says is numbered, "LIFE NUMBER"; one that ends by
# itself, or because it was asked to, says "LIFE end COUNT" last. A line is one write(2): no kill cuts it.
read -r up rest </proc/uptime
life=$$-$up
count=0
asked=

say() {
  lines=$1
  while [ "$lines" -gt 0 ]; do
    echo "$life $count"
    count=$((count + 1))
    lines=$((lines - 1))
  done
}

# a pause that a signal ends; what sleeps on after that holds none of our pipes
nap() {
  sleep "$1" >/dev/null 2>&1 &
  wait $!
}

end() {
  echo "$life end $count"
  exit "${1:-0}"
}

obey() {
  trap 'asked=1' TERM
}

work() {
  while [ -z "$asked" ]; do
    "$@"
    [ -n "$asked" ] || nap $(($$ % 3 + 1))
  done
  end
}

burst() {
  # seq writes blocks: an empty line parts a cut one from its successor
  echo
  seq -f "$life %.0f" $count $((count + 19999))
  count=$((count + 20000))
  nap 20
}

captured() {
  for turn in 1 2 3 4 5; do
    echo "<!--XSUPERVISOR:BEGIN-->$life $count<!--XSUPERVISOR:END-->"
    count=$((count + 1))
    say 1
  done
}

case $1 in
  calm) exec sleep 1000000 ;;
  chat) obey; work say 20 ;;
  moved) obey; work say 20 ;;
  comer) obey; work say 5 ;;
  cleared) obey; work say 20 ;;
  capture) obey; work captured ;;
  loud) obey; work burst ;;
  deaf)
    trap '' TERM
    while :; do
      say 10
      sleep 2
    done
    ;;
  crash)
    obey
    say $(($$ % 200))
    nap $(($$ % 4 + 1))
    say 50
    end 1
    ;;
  once)
    say 1000
    end 0
    ;;
  fail) exit 3 ;;
  hang) kill -STOP $$ ;;
  fork)
    for each in 1 2 3; do
      sleep 30 &
    done
    (sleep 2; exec sleep 40) &
    obey
    nap $(($$ % 20 + 5))
    exit 2
    ;;
  stdin) exec cat ;;
  *) exit 64 ;;
esac
