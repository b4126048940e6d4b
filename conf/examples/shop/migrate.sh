# Brings the data to the form that the application expects. Run again, it finds nothing to do.
set -eu

version=$(redis-cli -e -p "$1" GET shop:version)
case $version in
  "")
    redis-cli -e -p "$1" SETNX shop:visits 0
    redis-cli -e -p "$1" SET shop:version 1
    echo "migrated to version 1"
    ;;
  1) echo "nothing to migrate" ;;
  *)
    echo "version $version is newer than this application" >&2
    exit 3
    ;;
esac
