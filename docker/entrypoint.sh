#!/bin/sh
# api | worker | migrate run: the three ways this image runs. `exec`, so that the process gets the signals itself.
set -eu
case "${1:-api}" in
  api) exec node --enable-source-maps --max-old-space-size=256 --max-semi-space-size=32 dist/src/main.js ;;
  worker) exec node --enable-source-maps --max-old-space-size=256 --max-semi-space-size=32 dist/src/worker.js ;;
  migrate) shift; exec node --enable-source-maps dist/src/migrate.js "${@:-run}" ;;
  admin-create) shift; exec node --enable-source-maps dist/src/admin-create.js "$@" ;;
  *) exec "$@" ;;
esac
