#!/usr/bin/env bash
# A shell suite that knows the commands only: LOGS is a folder of logs, BIN where redislog is installed.
set -euo pipefail
PATH=$BIN:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fails() { # CODE COMMAND...: the command ends with that code
    local wanted=$1 code=0
    shift
    "$@" >"$work/out" 2>&1 || code=$?
    [ "$code" = "$wanted" ] || { echo "expected exit $wanted, got $code: $*"; cat "$work/out"; exit 1; }
}

echo "== check"
redislog check "$LOGS" --status healthy --primary server-1 --replicas 2 --full 2 --no critical --junit checked-ok.xml
fails 1 redislog check "$LOGS" --primary server-0 --junit checked-failed.xml
grep -q '^FAILED: expected primary server-0, found server-1 \[' "$work/out"
GITHUB_STEP_SUMMARY=$work/summary.md fails 1 redislog check "$LOGS" --full 3 --github
grep -q '^::error title=redislog' "$work/out"
grep -q 'FAILED' "$work/summary.md"
fails 2 redislog check "$LOGS" --no split-brian

echo "== mark"
redislog mark "$LOGS" >"$work/M"
redislog check "$LOGS" --full 0 --failovers 0 --since "$work/M"
fails 1 redislog check "$LOGS" --full 2 --since "$work/M"

echo "== wait, for the second line of a log that grows"
synced='replica.full-sync.finished'
line='1:S 29 May 2023 07:49:04.507 * MASTER <-> REPLICA sync: Finished with success'
: >"$work/grows.log"
redislog wait --event "$synced" --times 2 --timeout 60 "$work/grows.log" >"$work/waited" &
waits=$!
echo "$line" >>"$work/grows.log"
sleep 2
kill -0 "$waits" || { echo "it ended at the first line"; exit 1; }
echo "${line/04.507/09.111}" >>"$work/grows.log"
wait "$waits"
grep -q "^ok: '$synced' 2 times" "$work/waited"
cat "$LOGS/server-0.log" | redislog wait --synced stdin --timeout 60
fails 3 redislog wait --event crash.signal <"$LOGS/server-0.log"
fails 1 redislog wait --until split-brain --timeout 0.1 "$LOGS/server-0.log"

echo "== anonymize"
redislog anonymise "$LOGS" -o "$work/safe" --map "$work/names.json" --check
[ "$(stat -c %a "$work/names.json")" = 600 ]
redislog check "$work/safe" --replicas 2 --full 2
