#!/usr/bin/env bash
# A first impression of how fast the API is, with whichever of ab, hey and wrk is installed:
#   scripts/load_test.sh [URL]       REQUESTS=2000 CONCURRENT=20 apply
# scripts/load_test.py is the thorough one. The cache statistics of a deployed API need a signature, and are left out.
set -euo pipefail

url=${1:-http://127.0.0.1:3000}
url=${url%/}
requests=${REQUESTS:-2000}
concurrent=${CONCURRENT:-20}
if ((concurrent > requests)); then
  concurrent=$requests
fi

say() { printf '\n== %s\n' "$*"; }

statistics() {
  curl -sf --max-time 10 "$url/api/qr/cache/stats" || printf 'not given\n'
  printf '\n'
}

# What `tool` says of a load on one address, cut down to what matters.
load() {
  case $tool in
  hey)
    hey -n "$requests" -c "$concurrent" "$1" |
      grep -E 'Requests/sec|Average|50%|95%|99%|\[[0-9]+\].*responses|Error' || true
    ;;
  ab)
    ab -q -k -l -n "$requests" -c "$concurrent" "$1" |
      grep -E 'Complete requests|Failed requests|Non-2xx|Requests per second|^ +(50|95|99)%' || true
    ;;
  wrk)
    wrk --threads 1 --connections "$concurrent" --duration 3s --latency "$1" |
      grep -E 'Requests/sec|requests in|Non-2xx|Socket errors|^ +(50|90|99)%' || true
    ;;
  esac
}

tool=
for candidate in hey ab wrk; do
  if command -v "$candidate" >/dev/null; then
    tool=$candidate
    break
  fi
done
if [ -z "$tool" ]; then
  echo 'Needs one of hey, ab and wrk: apt-get install hey, apache2-utils or wrk; brew install hey or wrk.' >&2
  exit 2
fi

say "Health: $url"
if ! curl -sf --max-time 30 -o /dev/null -w 'answers %{http_code} in %{time_total} s\n' \
  "$url/api/qr/generate?data=load-test&cache=false"; then
  echo "It does not answer; \`make run\` serves it locally." >&2
  exit 2
fi

say 'Cache statistics before'
statistics

# name and query string
while read -r name query; do
  say "$name, with $tool"
  load "$url/api/qr/generate?$query"
done <<'PAYLOADS'
plain-svg data=https://example.com
plain-png data=https://example.com&format=png&size=512
long-text data=Lorem+ipsum+dolor+sit+amet%2C+consectetur+adipiscing+elit%2C+sed+do+eiusmod+tempor+incididunt+ut+labore
wifi data.type=wifi&data.ssid=Guests&data.password=correct+horse&error_correction=H
styled-svg data=https://example.com&data_pattern=dots&eye_shape=circle&gradient.colors=%235b2a86&gradient.colors=%230b3d91
styled-png data=https://example.com&format=png&size=512&data_pattern=rounded&eye_shape=leaf&colors.foreground=navy
drawn-each-time data=https://example.com&cache=false
PAYLOADS

say 'Cache statistics after'
statistics
