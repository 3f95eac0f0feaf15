#!/usr/bin/env bash
# SIGNING_KEY=... ./sign.sh GET 'https://qr.example.com/api/qr/generate?data=hello' [file of the body]
set -euo pipefail
export LC_ALL=C
method=$1 url=$2 path=/${2#*://*/} query='' digest=''
[[ $url == *\?* ]] && query=${url#*\?}
encode() { # decodes + and %XX, and encodes everything but letters, digits and -._~
  local rest=$1 hex
  while [[ -n $rest ]]; do
    case $rest in
      %[0-9A-Fa-f][0-9A-Fa-f]*) hex=${rest:1:2} rest=${rest:3} ;;
      +*) hex=20 rest=${rest:1} ;;
      *) printf -v hex %02X "'${rest:0:1}" && rest=${rest:1} ;;
    esac
    case ${hex^^} in
      2[DE] | 3[0-9] | 4[1-9A-F] | 5[0-9AF] | 6[1-9A-F] | 7[0-9AE]) printf %b "\\x$hex" ;;
      *) printf %s "%${hex^^}" ;;
    esac
  done
}
parameters=$(tr '&' '\n' <<<"$query" | while IFS= read -r part; do
  name=$(encode "${part%%=*}")
  [[ -z $part || $name =~ ^(utm_.*|_|cb|v|t|sig)$ ]] && continue
  [[ $part == *=* ]] || part+='='
  printf '%s=%s\n' "$name" "$(encode "${part#*=}")"
done | sort -s -t= -k1,1 | paste -sd '&')
(($# > 2)) && digest=$(openssl dgst -sha256 -r "$3" | cut -d ' ' -f 1)
printf -v text '%s\n%s\n%s' "${method/HEAD/GET}" "${path%%\?*}" "$parameters${digest:+$'\n'$digest}"
signature=$(printf %s "$text" | openssl dgst -sha256 -hmac "$SIGNING_KEY" -binary | openssl base64 -A | tr '+/' '-_' | tr -d '=')
[[ -n $query ]] && mark='&' || mark='?'
printf '%s\n' "$url${mark}sig=$signature"
