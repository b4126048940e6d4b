# Sourced by every script that starts a JVM: finds one that is new enough, and keeps from it what the environment
# has for other JVMs. Expects home, the directory of the tree. Sets java, version (17) and build (17.0.15+6-Debian-1), which are empty when nobody tells.

# An empty PATH is the programs' affair; sed, readlink and java are looked for all the same.
PATH=${PATH:-/usr/local/bin:/usr/bin:/bin}

# Agents, ports and heap sizes in these are meant for the programs that run under supervisord.
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS OPENJ9_JAVA_OPTIONS IBM_JAVA_OPTIONS _JAVA_LAUNCHER_DEBUG

# use_utf8: has the JVM read and write names of files in UTF-8. Without a locale, and in one that is not installed, it
# would know no letters but ASCII's. bash complains of the latter.
use_utf8() {
  if [ ! -d /usr/lib/locale/C.utf8 ] && [ ! -d /usr/lib/locale/C.UTF-8 ]; then
    case $locale in
      *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) return ;;
    esac
    [ ! -e /usr/lib/locale/locale-archive ] || { LC_ALL=en_US.UTF-8 && export LC_ALL && return; } 2>/dev/null
  fi
  { LC_ALL=C.UTF-8 && export LC_ALL; } 2>/dev/null
}

locale=${LC_ALL:-${LC_CTYPE:-${LANG:-}}}
case $locale in
  '' | C | POSIX | *[Uu][Tt][Ff]8* | *[Uu][Tt][Ff]-8*) use_utf8 ;;
esac

if [ ! -e /proc/self ]; then
  echo 'Error: /proc is not mounted: no JVM starts without it' >&2
  exit 2
fi

# is_program FILE. Seccomp profiles older than faccessat2(2) refuse it, and the shell then takes nothing to be executable.
is_program() {
  [ -f "$1" ] && { [ -x "$1" ] || [ ! -x /bin/sh ]; }
}

# is_new_enough JAVA: whether its release file says so. To ask java itself would be a second start of a JVM.
is_new_enough() {
  version='' build='' release=''
  [ -e "${1%/bin/java}/release" ] || return 1
  while IFS='=' read -r key value; do
    value=${value#\"} value=${value%\"}
    case $key in
      JAVA_VERSION) release=$value version=${value%%[!0-9]*} ;;
      JAVA_RUNTIME_VERSION) build=$value ;;
    esac
  done 2>/dev/null <"${1%/bin/java}/release"
  [ "${version:-0}" -ge 17 ]
}

# consider JAVA NAME: takes it if it will do, else remembers what NAME is instead.
consider() {
  if ! is_program "$1"; then
    refused="$refused$2 has no bin/java; "
    return 1
  fi
  java=$1
  [ -h "$java" ] && java=$(readlink -f -- "$java")
  is_new_enough "$java" && return
  if [ -n "$release" ]; then
    refused="$refused$2 is Java $release; "
  else
    unknown=${unknown:-$java}
  fi
  return 1
}

# on_path: considers each java of the PATH.
on_path() {
  rest=${PATH:-}:
  while [ -n "$rest" ]; do
    directory=${rest%%:*}
    rest=${rest#*:}
    if [ -n "$directory" ] && is_program "$directory/java"; then
      consider "$directory/java" "$directory/java" && return
    fi
  done
  return 1
}

# asks JAVA: as is_new_enough, of one without a release file (a wrapper, say).
asks() {
  release=$("$1" -version 2>&1 </dev/null | sed -n 's/.* version "\([^"]*\)".*/\1/p')
  version=${release%%[!0-9]*} build=''
  [ "${version:-0}" -ge 17 ] && return
  refused="$refused$1 is ${release:+Java }${release:-none that starts}; "
  return 1
}

refused='' unknown=''
if [ -n "${SUPERVISORD_JAVA:-}" ]; then
  # java -jar supervisord.jar: the one that runs already
  java=$SUPERVISORD_JAVA
  is_new_enough "$java" || :
elif is_program "$home/runtime/bin/java"; then
  # the package that brings its own
  java=$home/runtime/bin/java
  is_new_enough "$java" || :
elif { [ -n "${JAVA_HOME:-}" ] && consider "$JAVA_HOME/bin/java" "JAVA_HOME=$JAVA_HOME"; } || on_path; then
  :
elif [ -n "$unknown" ] && asks "$unknown"; then
  java=$unknown
else
  echo "Error: Java 17 or newer is needed: ${refused:-no java was found; }set JAVA_HOME or put it on the PATH" >&2
  exit 2
fi
